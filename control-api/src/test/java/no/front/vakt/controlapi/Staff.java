package no.front.vakt.controlapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import no.front.vakt.contract.WireJson;

/** Somebody on the staff with curl. */
public final class Staff {
  private final HttpClient client;
  private final String base;

  /** Calls a control API on this machine. */
  public Staff(int port, SSLContext tls) {
    base = "https://localhost:" + port;
    client = HttpClient.newBuilder().sslContext(tls).build();
  }

  /** What came back. */
  public record Answered(int status, String body, HttpResponse<String> raw) {
    /** The body as JSON. */
    public JsonNode json() {
      try {
        return WireJson.mapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The code of a problem. */
    public String code() {
      return json().path("code").asText();
    }

    /** The fields a problem names. */
    public List<String> fields() {
      return StreamSupport.stream(json().path("errors").spliterator(), false)
          .map(error -> error.path("field").asText())
          .toList();
    }

    /** A header, or an empty text. */
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  /** A policy nothing is wrong with. */
  public static Map<String, Object> policy(int limit) {
    return Map.of(
        "name",
        "Idrettslaget",
        "rules",
        List.of(
            Map.of(
                "id",
                "hourly",
                "kind",
                "volume-limit",
                "action",
                "HOLD",
                "per",
                "customer",
                "limit",
                limit,
                "windowSeconds",
                3600)));
  }

  /** Puts the first version. */
  public Answered putFirst(String customerId, Object body) {
    return send(policyOf(customerId), r -> r.header("If-None-Match", "*").PUT(json(body)));
  }

  /** Puts a version on top of one. */
  public Answered put(String customerId, long on, Object body) {
    return send(policyOf(customerId), r -> r.header("If-Match", tag(on)).PUT(json(body)));
  }

  /** Brings an old version back on top of one. */
  public Answered rollBack(String customerId, long on, Object body) {
    return send(
        policyOf(customerId) + "/roll-back", r -> r.header("If-Match", tag(on)).POST(json(body)));
  }

  /** Where a customer's policy is. */
  public static String policyOf(String customerId) {
    return "/v1/customers/" + customerId + "/policy";
  }

  /** A version as an entity tag. */
  public static String tag(long version) {
    return "\"" + version + "\"";
  }

  /** Gets. */
  public Answered get(String path) {
    return send(path, HttpRequest.Builder::GET);
  }

  /** Posts. */
  public Answered post(String path, Object body) {
    return send(path, r -> r.POST(json(body)));
  }

  /** Sends a request that starts out keyed and as JSON. */
  public Answered send(String path, UnaryOperator<HttpRequest.Builder> change) {
    HttpRequest.Builder keyed =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(20))
            .setHeader("Content-Type", "application/json")
            .setHeader("Authorization", "Bearer " + ControlFixture.KEY);
    try {
      HttpResponse<String> raw =
          client.send(change.apply(keyed).build(), HttpResponse.BodyHandlers.ofString());
      return new Answered(raw.statusCode(), raw.body(), raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A body. */
  public static HttpRequest.BodyPublisher json(Object body) {
    return body instanceof String text
        ? HttpRequest.BodyPublishers.ofString(text)
        : HttpRequest.BodyPublishers.ofByteArray(WireJson.bytes(body));
  }
}
