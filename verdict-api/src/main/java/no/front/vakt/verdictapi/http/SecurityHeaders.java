package no.front.vakt.verdictapi.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Headers of every answer: nothing here is a page, nothing is kept, nothing is guessed. */
public final class SecurityHeaders implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse http = (HttpServletResponse) response;
    http.setHeader("Cache-Control", "no-store");
    http.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    http.setHeader("Strict-Transport-Security", "max-age=31536000");
    http.setHeader("X-Content-Type-Options", "nosniff");
    chain.doFilter(request, response);
  }
}
