package no.front.vakt.standalone.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpConnection;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GreenMail's SMTP server with what it lacks: a certificate that is not its own for the whole JVM,
 * no anonymous ciphers, a login that is asked for, and silence about connections that break.
 */
final class SmtpsServer extends SmtpServer {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpsServer.class);

  private final SmtpManager intake;
  private final ServerSocket listening;

  SmtpsServer(ServerSetup setup, Managers managers, SmtpManager intake, ServerSocket listening) {
    super(setup, managers);
    this.intake = intake;
    this.listening = listening;
  }

  @Override
  protected ServerSocket openServerSocket() {
    return listening;
  }

  @Override
  protected ProtocolHandler createProtocolHandler(Socket client) {
    return new Conversation(intake, client);
  }

  private static final class Conversation extends SmtpHandler {
    Conversation(SmtpManager intake, Socket client) {
      super(new AfterLogin(), intake, client);
    }

    @Override
    public void run() {
      try {
        super.run();
      } catch (RuntimeException e) {
        // GreenMail puts the mail read so far into the message of the exception
        LOG.info("A connection to the mailbox broke.");
      }
    }
  }

  /** GreenMail's commands, of which those that move a mail wait for the login. */
  private static final class AfterLogin extends SmtpCommandRegistry {
    private static final Set<String> FOR_EVERYBODY =
        Set.of("EHLO", "HELO", "AUTH", "NOOP", "RSET", "QUIT");

    @Override
    public SmtpCommand getCommand(String name) {
      var command = super.getCommand(name);
      return command == null || FOR_EVERYBODY.contains(name) ? command : new Guarded(command);
    }
  }

  private static final class Guarded extends SmtpCommand {
    private final SmtpCommand command;

    Guarded(SmtpCommand command) {
      this.command = command;
    }

    @Override
    public void execute(
        SmtpConnection connection, SmtpState state, SmtpManager manager, String line)
        throws IOException {
      if (connection.isAuthenticated()) {
        command.execute(connection, state, manager, line);
      } else {
        connection.send("530 5.7.0 Authentication required");
      }
    }
  }
}
