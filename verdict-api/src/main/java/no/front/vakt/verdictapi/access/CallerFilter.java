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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.http.Exchange;
import no.front.vakt.verdictapi.http.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a caller in who holds a bearer key or an allowed client certificate, and tells everybody
 * else 401 before a byte of the body is read. The health path is open to this machine alone.
 *
 * <p>The caller's address is that of the connection. {@code X-Forwarded-For} is believed of nobody;
 * a list of proxies that may set it belongs here when the customers' own door needs one.
 */
public final class CallerFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(CallerFilter.class);
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final @Nullable BearerKeys keys;
  private final AllowedCertificates certificates;
  private final String openPath;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong nextTelling = new AtomicLong(System.nanoTime());

  /** Reads the keys; one path is open to callers on this machine. */
  public CallerFilter(CallerSettings settings, String openPath) throws IOException {
    Path file = settings.bearerKeys();
    this.keys = file == null ? null : new BearerKeys(file);
    this.certificates = new AllowedCertificates(settings.allowedSubjects());
    this.openPath = openPath;
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
    return openPath.equals(request.getServletPath()) && isLoopback(request.getRemoteAddr());
  }

  private static boolean isLoopback(String address) {
    return IpAddress.find(address)
        .map(IpAddress::bytes)
        .map(
            bytes ->
                bytes.length == 4
                    ? bytes[0] == 127
                    : java.util.Arrays.equals(
                        bytes, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}))
        .orElse(false);
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
