package no.front.vakt.verdictapi.http;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Bytes in, bytes out: what all servlets of the door do with a request and a response. */
public final class Exchange {
  /** Content type of everything that is no problem. */
  public static final String JSON = "application/json";

  private Exchange() {}

  /** Requires a JSON body by its content type; throws {@link ProblemException}. */
  public static void requireJson(HttpServletRequest request) {
    String type = request.getContentType();
    String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!bare.equals(JSON) && !(bare.startsWith("application/") && bare.endsWith("+json"))) {
      throw new ProblemException(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  /** Requires that a body does not say itself that it is larger than so many bytes. */
  public static void requireAtMost(HttpServletRequest request, int maxBytes) {
    if (request.getContentLengthLong() > maxBytes) {
      throw new ProblemException(ErrorCode.BODY_TOO_LARGE);
    }
  }

  /**
   * Reads a body of at most so many bytes. When there are more, the rest is dropped, as much again
   * at most, and {@link ProblemException} thrown.
   */
  public static byte[] body(HttpServletRequest request, int maxBytes) throws IOException {
    ServletInputStream in = request.getInputStream();
    byte[] body = in.readNBytes(maxBytes);
    if (body.length == maxBytes && in.read() >= 0) {
      for (long dropped = 0; dropped < maxBytes; ) {
        long skipped = in.skip(maxBytes);
        if (skipped <= 0) {
          break;
        }
        dropped += skipped;
      }
      throw new ProblemException(ErrorCode.BODY_TOO_LARGE);
    }
    return body;
  }

  /** A parameter of the query string; never looks into the body. */
  public static Optional<String> query(HttpServletRequest request, String name) {
    String query = request.getQueryString();
    if (query == null) {
      return Optional.empty();
    }
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        try {
          return Optional.of(
              URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          return Optional.of("");
        }
      }
    }
    return Optional.empty();
  }

  /** Answers with JSON. */
  public static void answer(HttpServletResponse response, int status, byte[] json)
      throws IOException {
    write(response, status, JSON, json);
  }

  /** Answers with a problem. */
  public static void refuse(HttpServletResponse response, Problem problem) throws IOException {
    Integer wait = problem.retryAfterSeconds();
    if (wait != null) {
      response.setHeader("Retry-After", wait.toString());
    }
    if (problem.code() == ErrorCode.NOT_AUTHENTICATED) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"vakt\"");
      // Whoever is nobody keeps no connection.
      response.setHeader("Connection", "close");
    }
    write(response, problem.code().status(), Problem.CONTENT_TYPE, problem.json());
  }

  /** Answers with a problem before the body was read. */
  public static void refuseUnread(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (request.getContentLengthLong() == 0 || "GET".equals(request.getMethod())) {
      refuse(response, problem);
    } else {
      UnreadBody.dropThenRefuse(request, response, problem);
    }
  }

  /** Refuses a method, naming the one that is known. */
  public static void refuseMethod(HttpServletResponse response, String allowed) throws IOException {
    response.setHeader("Allow", allowed);
    refuse(response, Problem.of(ErrorCode.METHOD_NOT_ALLOWED));
  }

  /** Answers with bytes of a content type. */
  public static void write(HttpServletResponse response, int status, String type, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
