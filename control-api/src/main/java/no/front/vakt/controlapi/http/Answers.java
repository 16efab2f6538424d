package no.front.vakt.controlapi.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import no.front.vakt.contract.WireJson;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Bytes in, bytes out: bodies are read and written by the one codec and no other. */
public final class Answers {
  /** Largest body: a policy as a person writes it, with room between the lines. */
  public static final int MAX_BODY_BYTES = 1024 * 1024;

  private Answers() {}

  /** An answer with a body. */
  public static ResponseEntity<byte[]> json(int status, Object body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(WireJson.bytes(body));
  }

  /** The same with the version it is about as entity tag. */
  public static ResponseEntity<byte[]> json(int status, long version, Object body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .eTag(String.valueOf(version))
        .body(WireJson.bytes(body));
  }

  /** A refusal. */
  public static ResponseEntity<byte[]> problem(Problem problem) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(problem.code().status())
            .header(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE);
    if (problem.isWorthARetry()) {
      answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(Problem.WAIT_SECONDS));
    }
    return answer.body(problem.json());
  }

  /** A refusal that comes before any controller. */
  public static void refuse(HttpServletResponse response, Problem problem) throws IOException {
    byte[] json = problem.json();
    response.setStatus(problem.code().status());
    response.setContentType(Problem.CONTENT_TYPE);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  /** Reads a body; throws {@link ProblemException} when it is too large. */
  public static byte[] body(HttpServletRequest request) throws IOException {
    InputStream in = request.getInputStream();
    byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
    if (body.length <= MAX_BODY_BYTES) {
      return body;
    }
    // Clients do not look at an answer before they are done: as much again is dropped first.
    for (long dropped = 0; dropped < MAX_BODY_BYTES; ) {
      long skipped = in.skip(MAX_BODY_BYTES);
      if (skipped <= 0) {
        break;
      }
      dropped += skipped;
    }
    throw new ProblemException(ErrorCode.BODY_TOO_LARGE);
  }
}
