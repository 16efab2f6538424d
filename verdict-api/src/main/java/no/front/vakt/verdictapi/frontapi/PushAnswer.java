package no.front.vakt.verdictapi.frontapi;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.http.Exchange;

/**
 * What a caller of the customer API is told. Sent and refused alike are HTTP 200; only when nothing
 * was decided the status says so, always as plain text.
 *
 * @param status HTTP status
 * @param code the API's code; meaningless unless the status is 200
 * @param id the message's number when it was taken, else 0
 * @param description what it is about, for people
 * @param isToNobody whether the caller has not shown that it is a customer; it keeps no connection
 */
record PushAnswer(int status, PushCode code, int id, String description, boolean isToNobody) {
  private static final Charset TEXT_CHARSET = StandardCharsets.ISO_8859_1;
  private static final String TEXT = "text/plain;charset=ISO-8859-1";
  private static final int TOO_MANY_REQUESTS = 429;

  static PushAnswer accepted(int id) {
    return new PushAnswer(HttpServletResponse.SC_OK, PushCode.ACCEPTED, id, "OK", false);
  }

  static PushAnswer refused(PushCode code) {
    return new PushAnswer(HttpServletResponse.SC_OK, code, 0, code.phrase(), false);
  }

  static PushAnswer refused(PushCode code, String why) {
    return new PushAnswer(HttpServletResponse.SC_OK, code, 0, code.phrase() + ": " + why, false);
  }

  static PushAnswer tooFast() {
    return undecided(TOO_MANY_REQUESTS, "Too many requests; not accepted, try again later.");
  }

  static PushAnswer unavailable() {
    return undecided(
        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        "Temporarily unavailable; not known to be accepted, send the same again within a minute.");
  }

  static PushAnswer fault() {
    return undecided(
        HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "Something went wrong on our side.");
  }

  static PushAnswer wrongMethod() {
    return undecided(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Use GET or POST.");
  }

  private static PushAnswer undecided(int status, String sentence) {
    return new PushAnswer(status, PushCode.ACCEPTED, 0, sentence, false);
  }

  /** The same to a caller that has not shown that it is a customer. */
  PushAnswer toNobody() {
    return new PushAnswer(status, code, id, description, true);
  }

  /** Writes it as JSON to those who sent JSON, else as text. */
  void write(HttpServletResponse response, boolean asJson) throws IOException {
    if (isToNobody) {
      // HTTP/1.1 only; the server leaves it out of HTTP/2.
      response.setHeader("Connection", "close");
    }
    if (status != HttpServletResponse.SC_OK) {
      if (status == TOO_MANY_REQUESTS || status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
        response.setHeader("Retry-After", "1");
      } else if (status == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
        response.setHeader("Allow", "GET, POST");
      }
      Exchange.write(response, status, TEXT, description.getBytes(TEXT_CHARSET));
    } else if (asJson) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("errorcode", code.number());
      members.put("id", id);
      members.put("description", description);
      Exchange.answer(response, status, WireJson.bytes(members));
    } else {
      String told = code == PushCode.ACCEPTED ? String.valueOf(id) : oneLine(description);
      String text = "ErrorCode=" + code.number() + ", ID=" + told;
      Exchange.write(response, status, TEXT, text.getBytes(TEXT_CHARSET));
    }
  }

  /** On one line and of characters that every client of the API can read. */
  static String oneLine(String sentence) {
    CharsetEncoder encoder = TEXT_CHARSET.newEncoder();
    StringBuilder out = new StringBuilder(sentence.length());
    sentence
        .codePoints()
        .forEach(
            c ->
                out.append(
                    switch (c) {
                      case '‘', '’' -> "'";
                      case '“', '”' -> "\"";
                      case '‐', '‑', '‒', '–', '—' -> "-";
                      case '…' -> "...";
                      default ->
                          Character.isISOControl(c)
                              ? " "
                              : Character.isBmpCodePoint(c) && encoder.canEncode((char) c)
                                  ? Character.toString(c)
                                  : "?";
                    }));
    return out.toString();
  }
}
