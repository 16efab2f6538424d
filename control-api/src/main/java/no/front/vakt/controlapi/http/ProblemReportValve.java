package no.front.vakt.controlapi.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * What Tomcat says when a request fails before or beside our servlets: a problem instead of its own
 * page with version and stack trace. Public because Tomcat makes it by its name.
 */
public final class ProblemReportValve extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(candidate -> candidate.status() == status)
            .findFirst()
            .orElse(status < 500 ? ErrorCode.MALFORMED_REQUEST : ErrorCode.INTERNAL);
    try {
      response.setContentType(Problem.CONTENT_TYPE);
      response.getReporter().write(new String(Problem.of(code).json(), StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      container.getLogger().debug("The caller left before it could be told", e);
    }
  }
}
