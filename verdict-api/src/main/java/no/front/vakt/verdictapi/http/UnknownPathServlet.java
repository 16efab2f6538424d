package no.front.vakt.verdictapi.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Every path nobody else answers: 404. */
public final class UnknownPathServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange.refuse(response, Problem.of(ErrorCode.NOT_FOUND));
  }
}
