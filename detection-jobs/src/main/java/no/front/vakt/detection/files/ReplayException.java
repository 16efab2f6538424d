package no.front.vakt.detection.files;

/** A replay that cannot be done; the message is one clear sentence for whoever asked. */
public final class ReplayException extends Exception {
  ReplayException(String message) {
    super(message);
  }

  ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}
