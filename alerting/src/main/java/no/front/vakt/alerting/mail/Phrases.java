package no.front.vakt.alerting.mail;

import java.util.List;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import org.jspecify.annotations.Nullable;

/**
 * Every word of every mail in one language. What is handed in has been {@link Cleaned} or is Vakt's
 * own; what comes out is plain text.
 */
interface Phrases {

  /** The words of a language. */
  static Phrases of(Language language) {
    return language == Language.NB ? new NorwegianPhrases() : new EnglishPhrases();
  }

  /** What became of the messages: decides the wording of the first line. */
  enum Done {
    /** Some were stopped for good. */
    BLOCKED,
    /** Some were held, none stopped. */
    HELD,
    /** All were let through. */
    WATCHED;

    static Done of(Alert alert) {
      return alert.blocked() > 0 ? BLOCKED : alert.held() > 0 ? HELD : WATCHED;
    }
  }

  /** Subject of a customer's mail, without reference. */
  String customerSubject(AlertType type, Done done, String name);

  /** Heading of a customer's mail. */
  String customerTitle(AlertType type, Done done, String name);

  /** First sentences of a customer's mail. */
  String customerOpening(AlertType type, Done done);

  /** What the customer should do now, in order. */
  List<String> customerSteps(AlertType type, boolean passwordWasRight);

  /** That somebody knew the password. */
  String passwordWasRight();

  /** Subject of a mail to staff, without reference. */
  String staffSubject(AlertType type, Done done, String name, String count);

  /** First sentences of a mail to staff. */
  String staffOpening(AlertType type);

  /** Heading of a mail to staff. */
  String staffTitle(AlertType type, String name);

  /** That nobody at the customer can be mailed. */
  String noContacts();

  /** Subject that a contact cannot be mailed. */
  String refusedSubject(String name);

  /** Heading that a contact cannot be mailed. */
  String refusedTitle();

  /** What that means and what to do. */
  String refusedOpening();

  /** One of the fixed words. */
  String word(Word word);

  /** How many messages. */
  String messages(long count, String number);

  /** How many calls. */
  String calls(long count, String number);

  /** Result of one message. */
  String outcome(@Nullable Outcome outcome);

  /** What a rule wants done. */
  String action(Action action);

  /** Why a call was refused. */
  String because(@Nullable RefusedBecause reason, boolean passwordWasRight);

  /** How to reach the gateway's people. */
  String contact(String how);

  /** Where the console is and what to look for. */
  String console(boolean isStaff);

  /** Small print. */
  List<String> footer(boolean isStaff, String zone);

  /** More of a list than is shown. */
  String andMore(String number);

  /** Words that stand alone. */
  enum Word {
    /** What happened. */
    WHAT_HAPPENED,
    /** What Vakt did. */
    WHAT_VAKT_DID,
    /** What to do now. */
    WHAT_NOW,
    /** Some of the messages. */
    EXAMPLES,
    /** The refused calls. */
    REFUSED_CALLS,
    /** The facts. */
    FACTS,
    /** The customers. */
    CUSTOMERS,
    /** A time. */
    TIME,
    /** A span of time. */
    PERIOD,
    /** A number messages were sent to. */
    RECIPIENT,
    /** A sender. */
    SENDER,
    /** A message's id. */
    MESSAGE_ID,
    /** What became of something. */
    RESULT,
    /** An address on the net. */
    ADDRESS,
    /** A reason. */
    REASON,
    /** Messages or calls in all. */
    TOTAL,
    /** Held. */
    HELD,
    /** Stopped. */
    BLOCKED,
    /** Let through. */
    PASSED,
    /** A customer. */
    CUSTOMER,
    /** An id that is no customer's. */
    NO_SUCH_CUSTOMER,
    /** A rule. */
    RULE,
    /** A reference. */
    REFERENCE,
    /** An alert's full id. */
    ALERT,
    /** A contact. */
    CONTACT,
    /** A server's answer. */
    SERVER_ANSWER,
    /** Not known. */
    UNKNOWN
  }
}
