package no.front.vakt.standalone;

/**
 * Why a command will not go on, as one sentence for the person at the terminal. The command line
 * prints the message and nothing else; the cause, where there is one, goes to the log file.
 */
public class Refusal extends RuntimeException {
  public Refusal(String sentence) {
    super(sentence);
  }

  public Refusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
