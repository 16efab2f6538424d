package no.front.vakt.verdictapi.access;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.http.Exchange;
import no.front.vakt.verdictapi.http.Networks;
import no.front.vakt.verdictapi.http.Problem;
import no.front.vakt.verdictapi.http.SourceAddresses;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a caller in who holds a bearer key or an allowed client certificate, and tells everybody
 * else 401 before a byte of the body is read. The health path is open to this machine alone, as
 * seen through trusted proxies; the customer API is open to all and asks for itself.
 */
public final class CallerFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(CallerFilter.class);
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final Networks LOOPBACK = Networks.of(List.of("127.0.0.0/8", "::1"));
  private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final @Nullable BearerKeys keys;
  private final AllowedCertificates certificates;
  private final String healthPath;
  private final String customerPath;
  private final SourceAddresses sources;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong nextTelling = new AtomicLong(System.nanoTime());

  /**
   * Reads the keys.
   *
   * @param healthPath open to callers on this machine
   * @param customerPath open to all
   */
  public CallerFilter(
      CallerSettings settings, SourceAddresses sources, String healthPath, String customerPath)
      throws IOException {
    Path file = settings.bearerKeys();
    this.keys = file == null ? null : new BearerKeys(file);
    this.certificates = new AllowedCertificates(settings.allowedSubjects());
    this.sources = sources;
    this.healthPath = healthPath;
    this.customerPath = customerPath;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (isOpen(http) || caller(http).isPresent()) {
      chain.doFilter(request, response);
    } else {
      tellRefusal();
      Exchange.refuseUnread(
          http, (HttpServletResponse) response, Problem.of(ErrorCode.NOT_AUTHENTICATED));
    }
  }

  private boolean isOpen(HttpServletRequest request) {
    String path = request.getServletPath();
    return customerPath.equals(path)
        || healthPath.equals(path) && LOOPBACK.contains(sources.of(request));
  }

  private Optional<String> caller(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    BearerKeys known = keys;
    if (authorization != null && known != null) {
      Optional<String> holder = known.find(authorization);
      if (holder.isPresent()) {
        return holder;
      }
    }
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
        ? certificates.find(chain)
        : Optional.empty();
  }

  private void tellRefusal() {
    long count = refused.incrementAndGet();
    long due = nextTelling.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextTelling.compareAndSet(due, now + TELL_NANOS)) {
      LOG.warn("Callers without valid credentials refused since the start: {}", count);
    }
  }
}
