package no.front.vakt.alerting.mail;

import java.util.List;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import org.jspecify.annotations.Nullable;

/** English. */
final class EnglishPhrases implements Phrases {

  @Override
  public String customerSubject(AlertType type, Done done, String name) {
    return switch (type) {
      case FIRST, MANY_CUSTOMERS ->
          switch (done) {
            case BLOCKED -> "Vakt: messages from " + name + " have been stopped";
            case HELD -> "Vakt: messages from " + name + " are being held";
            case WATCHED -> "Vakt: unusual SMS traffic from " + name;
          };
      case DIGEST -> "Vakt: the unusual SMS traffic from " + name + " goes on";
      case ALL_CLEAR -> "Vakt: all is calm again at " + name;
      case ACCESS_REFUSED -> "Vakt: somebody was refused who wanted to send as " + name;
      case ACCESS_DIGEST, ACCESS_SWEEP -> "Vakt: refused calls of the last day for " + name;
    };
  }

  @Override
  public String customerTitle(AlertType type, Done done, String name) {
    return switch (type) {
      case FIRST, MANY_CUSTOMERS ->
          switch (done) {
            case BLOCKED -> "We have stopped messages from " + name;
            case HELD -> "We are holding messages from " + name;
            case WATCHED -> "Unusual SMS traffic from " + name;
          };
      case DIGEST -> "The unusual traffic from " + name + " goes on";
      case ALL_CLEAR -> "All is calm again at " + name;
      case ACCESS_REFUSED -> "A call in the name of " + name + " was refused";
      case ACCESS_DIGEST, ACCESS_SWEEP -> "Refused calls of the last day for " + name;
    };
  }

  @Override
  public String customerOpening(AlertType type, Done done) {
    return switch (type) {
      case FIRST, MANY_CUSTOMERS ->
          "Vakt guards your SMS traffic at Front. It has seen something that is not like what you"
              + " usually send, or that your limits do not allow. "
              + switch (done) {
                case BLOCKED -> "What we stopped or held has not been sent; the numbers are below.";
                case HELD ->
                    "The messages in question have not been sent. They wait until somebody at Front"
                        + " has looked at them.";
                case WATCHED -> "The messages were sent. We tell you so that you know of it.";
              };
      case DIGEST ->
          "We have told you of this before, and it is still going on. Here is the sum so far. "
              + switch (done) {
                case BLOCKED -> "Vakt stops the messages as they come.";
                case HELD -> "Vakt holds the messages as they come.";
                case WATCHED -> "The messages are sent as usual.";
              };
      case ALL_CLEAR ->
          "What we told you of has ended. New messages that follow the rules are sent as usual."
              + " Here is the sum.";
      case ACCESS_REFUSED ->
          "Somebody tried to send SMS in your name and was not let in. No message was sent.";
      case ACCESS_DIGEST, ACCESS_SWEEP ->
          "Somebody has tried to send SMS in your name without being let in. None of these messages"
              + " were sent. Such attempts are common on the internet; we send one summary a day.";
    };
  }

  @Override
  public List<String> customerSteps(AlertType type, boolean passwordWasRight) {
    return switch (type) {
      case FIRST, DIGEST, MANY_CUSTOMERS ->
          List.of(
              "Check the system that sends: are these messages you meant to send?",
              "If not, somebody may have got in. Stop the system or the form, and change the"
                  + " password of the SMS service.",
              "Contact Front and give the reference. If all is well on your side, we adjust the"
                  + " limits together.");
      case ALL_CLEAR ->
          List.of(
              "If you have found the cause, there is nothing more to do.",
              "If you have not, do check the system that sends, and change the password of the SMS"
                  + " service.",
              "Are you missing messages that should have been sent? Contact Front and give the"
                  + " reference.");
      case ACCESS_REFUSED, ACCESS_DIGEST, ACCESS_SWEEP ->
          passwordWasRight
              ? List.of(
                  "Change the password of the SMS service now, in the system that sends as well.",
                  "Was it you, from a new server for instance? Ask Front to add the address.",
                  "Contact Front and give the reference if you are in doubt.")
              : List.of(
                  "See whether it may have been you: a new server, or an old password in some"
                      + " system.",
                  "If you do not know the address, there is nothing to do: the call was refused.",
                  "Contact Front and give the reference if you are in doubt.");
    };
  }

  @Override
  public String passwordWasRight() {
    return "The password was right, but the address is not one of those you have approved. Somebody"
        + " may know your password.";
  }

  @Override
  public String staffSubject(AlertType type, Done done, String name, String count) {
    return switch (type) {
      case FIRST ->
          "[Vakt] "
              + name
              + ": first alert, "
              + switch (done) {
                case BLOCKED -> count + " stopped";
                case HELD -> count + " held";
                case WATCHED -> count + " seen";
              };
      case DIGEST -> "[Vakt] " + name + ": goes on, " + count + " so far";
      case ALL_CLEAR -> "[Vakt] " + name + ": over";
      case MANY_CUSTOMERS -> "[Vakt] " + count + " customers have an alert at once";
      case ACCESS_REFUSED -> "[Vakt] " + name + ": refused call";
      case ACCESS_DIGEST -> "[Vakt] " + name + ": refused calls of the day, " + count;
      case ACCESS_SWEEP -> "[Vakt] One address was refused at " + count + " customers";
    };
  }

  @Override
  public String staffOpening(AlertType type) {
    return switch (type) {
      case FIRST -> "A rule has spoken at this customer for the first time in a while.";
      case DIGEST -> "It is still going on. The numbers are the sum since the first alert.";
      case ALL_CLEAR -> "The rule has been silent for a whole interval.";
      case MANY_CUSTOMERS ->
          "So many customers have their first alert at once that the mails to customers wait for"
              + " you. Often it is a rule or a system of ours, not the customers. Release or discard"
              + " them in the console, by the reference below.";
      case ACCESS_REFUSED -> "A call to the customer's service was refused at the door.";
      case ACCESS_DIGEST -> "The customer's refused calls of the day.";
      case ACCESS_SWEEP ->
          "The same address was refused at several customers. The customers have not been told."
              + " Consider closing the door to the address.";
    };
  }

  @Override
  public String staffTitle(AlertType type, String name) {
    return switch (type) {
      case FIRST -> "First alert: " + name;
      case DIGEST -> "Goes on: " + name;
      case ALL_CLEAR -> "Over: " + name;
      case MANY_CUSTOMERS -> "Many customers have an alert at once";
      case ACCESS_REFUSED -> "Refused call: " + name;
      case ACCESS_DIGEST -> "Refused calls of the day: " + name;
      case ACCESS_SWEEP -> "One address tries its luck with many";
    };
  }

  @Override
  public String noContacts() {
    return "This alert was for the customer, but the customer has no address we can write to. Nobody"
        + " at the customer has had it.";
  }

  @Override
  public String refusedSubject(String name) {
    return "[Vakt] " + name + ": a contact cannot be reached by mail";
  }

  @Override
  public String refusedTitle() {
    return "A contact cannot be reached";
  }

  @Override
  public String refusedOpening() {
    return "The mail server does not take mail for this contact, and says so for good. The contact"
        + " has not had the alert below. Find another way to tell them, and mend the address in the"
        + " console. This notice comes once a day for each address.";
  }

  @Override
  public String word(Word word) {
    return switch (word) {
      case WHAT_HAPPENED -> "What happened";
      case WHAT_VAKT_DID -> "What Vakt did";
      case WHAT_NOW -> "What you should do now";
      case EXAMPLES -> "Some of the messages";
      case REFUSED_CALLS -> "Refused calls, newest first";
      case FACTS -> "Particulars";
      case CUSTOMERS -> "Customers";
      case TIME -> "Time";
      case PERIOD -> "Period";
      case RECIPIENT -> "To";
      case SENDER -> "Sender";
      case MESSAGE_ID -> "Message id";
      case RESULT -> "Result";
      case ADDRESS -> "Address";
      case REASON -> "Why";
      case TOTAL -> "In all";
      case HELD -> "Held";
      case BLOCKED -> "Stopped";
      case PASSED -> "Let through";
      case CUSTOMER -> "Customer";
      case NO_SUCH_CUSTOMER -> "(no customer)";
      case RULE -> "Rule";
      case REFERENCE -> "Reference";
      case ALERT -> "Alert id";
      case CONTACT -> "Contact";
      case SERVER_ANSWER -> "Server's answer";
      case UNKNOWN -> "unknown";
    };
  }

  @Override
  public String messages(long count, String number) {
    return number + (count == 1 ? " message" : " messages");
  }

  @Override
  public String calls(long count, String number) {
    return number + (count == 1 ? " refused call" : " refused calls");
  }

  @Override
  public String outcome(@Nullable Outcome outcome) {
    if (outcome == null) {
      return word(Word.UNKNOWN);
    }
    return switch (outcome) {
      case ALLOW -> "sent";
      case HOLD -> "held";
      case BLOCK -> "stopped";
    };
  }

  @Override
  public String action(Action action) {
    return switch (action) {
      case OBSERVE -> "notes";
      case ALERT -> "alerts";
      case HOLD -> "holds";
      case BLOCK -> "stops";
    };
  }

  @Override
  public String because(@Nullable RefusedBecause reason, boolean passwordWasRight) {
    if (reason == null) {
      return word(Word.UNKNOWN);
    }
    return switch (reason) {
      case NETWORK ->
          passwordWasRight ? "right password, unknown address" : "the address is not approved";
      case PASSWORD -> "wrong password";
      case NONE_SET -> "neither addresses nor a password are set";
      case UNKNOWN_CUSTOMER -> "no such customer";
    };
  }

  @Override
  public String contact(String how) {
    return "Contact Front: " + how;
  }

  @Override
  public String console(boolean isStaff) {
    return isStaff
        ? "Details and measures are in the console. Log in and search for the reference."
        : "You find more in the console. Type the address yourself or use your bookmark; we never"
            + " ask for passwords by mail.";
  }

  @Override
  public List<String> footer(boolean isStaff, String zone) {
    return List.of(
        "Times are in the time zone " + zone + ". Telephone numbers are partly hidden.",
        isStaff
            ? "Sent automatically by Vakt to the security staff of Front. Do not forward to the"
                + " customer."
            : "Sent automatically by Vakt, which guards the SMS traffic of Front. You receive this"
                + " because you are listed as a contact.");
  }

  @Override
  public String andMore(String number) {
    return "and " + number + " more";
  }
}
