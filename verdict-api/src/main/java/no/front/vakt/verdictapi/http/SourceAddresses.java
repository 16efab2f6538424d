package no.front.vakt.verdictapi.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.IpAddress;

/**
 * Where a request comes from: the connection's other end, unless that is a trusted proxy; then the
 * rightmost address of {@code X-Forwarded-For} that is no trusted proxy. What stands left of it
 * anybody may have written. An entry that is no address ends the search: the proxy that passed it
 * on is then the source.
 */
public final class SourceAddresses {
  private static final String FORWARDED = "X-Forwarded-For";

  private final Networks trusted;

  /** Believes these proxies, addresses or blocks. */
  public SourceAddresses(List<String> trustedProxies) {
    trusted = Networks.of(trustedProxies);
  }

  /** The source of a request. */
  public IpAddress of(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders(FORWARDED));
    return of(request.getRemoteAddr(), headers);
  }

  IpAddress of(String peer, List<String> forwarded) {
    IpAddress source =
        address(peer).orElseThrow(() -> new IllegalStateException("A connection has an address"));
    List<String> hops = new ArrayList<>();
    forwarded.forEach(header -> hops.addAll(List.of(header.split(","))));
    for (int i = hops.size() - 1; i >= 0 && trusted.contains(source); i--) {
      Optional<IpAddress> hop = address(hops.get(i).strip());
      if (hop.isEmpty()) {
        return source;
      }
      source = hop.get();
    }
    return source;
  }

  /** Reads an address as proxies write it: perhaps with a port, in brackets or with a zone. */
  private static Optional<IpAddress> address(String written) {
    String text = written;
    int colon = text.indexOf(':');
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      text = end < 0 ? "" : text.substring(1, end);
    } else if (colon >= 0 && colon == text.lastIndexOf(':')) {
      text = text.substring(0, colon);
    }
    int zone = text.indexOf('%');
    return IpAddress.find(zone < 0 ? text : text.substring(0, zone));
  }
}
