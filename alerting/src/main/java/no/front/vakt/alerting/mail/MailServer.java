package no.front.vakt.alerting.mail;

/** What takes mails; {@link SmtpServer} is the one there is. */
interface MailServer {
  /** Hands a mail over; returns when the server has taken it, and throws when it has not. */
  void send(Mail mail) throws NotSentException;

  /** A mail was not taken. */
  final class NotSentException extends Exception {
    private final Fault fault;
    private final String problem;

    NotSentException(Fault fault, String problem, Throwable cause) {
      super(problem, cause);
      this.fault = fault;
      this.problem = problem;
    }

    /** Whose fault it is. */
    Fault fault() {
      return fault;
    }

    /** Whether the server answered with a code; else it fell silent, or the mail is not made. */
    boolean isAnswer() {
      return Character.isDigit(problem.charAt(0));
    }

    /** A few words or a code of the server; quotes neither addresses nor the server's sentences. */
    String problem() {
      return problem;
    }
  }

  /** Whose fault it is that a mail was not taken. */
  enum Fault {
    /** The server's or the way there: no other mail would fare better now. */
    SERVER,
    /** This recipient's or this mail's, for now. */
    RECIPIENT_FOR_NOW,
    /** This recipient's or this mail's, for good. */
    RECIPIENT_FOR_GOOD
  }
}
