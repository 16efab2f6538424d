package no.front.vakt.verdictapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import no.front.vakt.contract.WireJson;

/** A gateway that calls the door. */
public final class Caller {
  private final HttpClient client;
  private final String base;

  /** Calls a door on this machine. */
  public Caller(int port, SSLContext tls) {
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

    /** A header, or an empty text. */
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  /** A message nothing is wrong with. */
  public static Map<String, Object> message(String customerId, String messageId) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("customerId", customerId);
    fields.put("messageId", messageId);
    fields.put("senderId", "Klubben");
    fields.put("recipient", "+4799999901");
    fields.put("text", "Trening flyttes til kl 18");
    fields.put("originIp", "192.0.2.7");
    return fields;
  }

  /** Posts with the key that opens the door. */
  public Answered post(Object body) {
    return post("/v1/verdicts", body);
  }

  /** The same to a path. */
  public Answered post(String path, Object body) {
    return send(path, request -> request.POST(json(body)));
  }

  /** The same over HTTP/1.1 and without waiting. */
  public CompletableFuture<Answered> postAsync(Object body) {
    return client
        .sendAsync(
            keyed("/v1/verdicts").version(HttpClient.Version.HTTP_1_1).POST(json(body)).build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(raw -> new Answered(raw.statusCode(), raw.body(), raw));
  }

  /** Gets with the key that opens the door. */
  public Answered get(String path) {
    return send(path, HttpRequest.Builder::GET);
  }

  /** Sends a request that starts out keyed and as JSON. */
  public Answered send(String path, UnaryOperator<HttpRequest.Builder> change) {
    try {
      HttpResponse<String> raw =
          client.send(change.apply(keyed(path)).build(), HttpResponse.BodyHandlers.ofString());
      return new Answered(raw.statusCode(), raw.body(), raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder keyed(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(20))
        .setHeader("Content-Type", "application/json")
        .setHeader("Authorization", "Bearer " + DoorFixture.KEY);
  }

  private static HttpRequest.BodyPublisher json(Object body) {
    return body instanceof String text
        ? HttpRequest.BodyPublishers.ofString(text)
        : HttpRequest.BodyPublishers.ofByteArray(WireJson.bytes(body));
  }
}
