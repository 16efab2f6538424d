package no.front.vakt.verdictapi.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;

/**
 * Tomcat as the door needs it: TLS 1.3 and 1.2 with forward secrecy and authenticated encryption
 * only, HTTP/2 and 1.1, connections kept alive, every queue bounded, no banner.
 */
public final class HttpsServer {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] CIPHERS = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  /** How long a caller may take between two packets of one request. */
  private static final int READ_TIMEOUT_MILLIS = 5_000;

  private static final int KEEP_ALIVE_MILLIS = 75_000;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int UNLIMITED = -1;

  private HttpsServer() {}

  /** Tomcat quotes a request line it cannot read in its log; that line may hold a password. */
  private static final String TOMCAT_ON_BAD_REQUESTS =
      "org.apache.juli.logging.UserDataHelper.CONFIG";

  /** The factory the container makes the server with. */
  public static TomcatServletWebServerFactory factory(WebSettings web, TlsSettings tls) {
    System.setProperty(TOMCAT_ON_BAD_REQUESTS, "NONE");
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(web.port());
    factory.setAddress(address(web));
    factory.setSsl(ssl(tls));
    Http2 http2 = new Http2();
    http2.setEnabled(true);
    factory.setHttp2(http2);
    factory.setShutdown(Shutdown.GRACEFUL);
    factory.getSettings().getJsp().setRegistered(false);
    factory.getSettings().setRegisterDefaultServlet(false);
    factory.addConnectorCustomizers(connector -> bound(connector, web));
    factory.addContextCustomizers(HttpsServer::reportProblems);
    return factory;
  }

  private static InetAddress address(WebSettings web) {
    try {
      return InetAddress.getByName(web.address());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("web.address is no address of this machine", e);
    }
  }

  private static Ssl ssl(TlsSettings tls) {
    Ssl ssl = new Ssl();
    ssl.setCertificate(location(tls.certificate()));
    ssl.setCertificatePrivateKey(location(tls.privateKey()));
    ssl.setEnabledProtocols(PROTOCOLS);
    ssl.setCiphers(CIPHERS);
    Path authority = tls.clientAuthority();
    if (authority != null) {
      ssl.setTrustCertificate(location(authority));
      ssl.setClientAuth(Ssl.ClientAuth.WANT);
    }
    return ssl;
  }

  private static String location(Path file) {
    return file.toUri().toString();
  }

  private static void bound(Connector connector, WebSettings web) {
    connector.setXpoweredBy(false);
    connector.setAllowTrace(false);
    // Clients in the field leave these as they are in a query.
    connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
    // Ids may hold slashes; our servlets take the path apart before they decode it.
    connector.setEncodedSolidusHandling("passthrough");
    connector.setEncodedReverseSolidusHandling("passthrough");
    AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    protocol.setMaxThreads(web.threads());
    protocol.setMinSpareThreads(Math.min(8, web.threads()));
    protocol.setMaxConnections(web.maxConnections());
    protocol.setAcceptCount(web.acceptCount());
    protocol.setConnectionTimeout(READ_TIMEOUT_MILLIS);
    protocol.setKeepAliveTimeout(KEEP_ALIVE_MILLIS);
    protocol.setMaxKeepAliveRequests(UNLIMITED);
    protocol.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
  }

  private static void reportProblems(Context context) {
    if (context.getParent() instanceof StandardHost host) {
      host.setErrorReportValveClass(ProblemReportValve.class.getName());
    }
  }
}
