package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Programs as customers have them call the customer API of a whole household; what they wrote is
 * what is delivered, letter for letter. A program this machine does not have is left out, and said.
 */
class FieldClientsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LETTERS = "blåbærsyltetøy";
  private static final String EURO = "bare 5 € i kveld";

  @TempDir static Path home;
  private static House house;
  private static Household household;

  @BeforeAll
  static void start() throws Exception {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    house = new House(home);
    house.policy(
        "klubben",
        """
        {"customerId": "4711", "language": "nb", "access": {"networks": ["127.0.0.1/32", "::1/128"]},
         "rules": [
          {"id": "lenker", "kind": "url-whitelist", "action": "BLOCK", "allowed": ["front.no"]},
          {"id": "land", "kind": "country-policy", "action": "BLOCK", "allowed": ["NO"]},
          {"id": "til-en", "kind": "volume-limit", "action": "BLOCK", "limit": 2,
           "windowSeconds": 3600, "per": "recipient"}]}
        """);
    house.policy(
        "stanset",
        """
        {"customerId": "4712", "access": {"networks": ["127.0.0.1/32", "::1/128"]},
         "frozen": {"reason": "internt notat"}}
        """);
    household = house.start();
  }

  @AfterAll
  static void stop() {
    household.close();
  }

  private static String address() {
    return "https://localhost:" + house.settings.get("https.port") + "/psk/push.php";
  }

  private static String authority() {
    return home.resolve("keys/door/ca.crt").toString();
  }

  private static String run(String... command) throws Exception {
    boolean isThere =
        new ProcessBuilder("sh", "-c", "command -v " + command[0]).start().waitFor() == 0;
    assumeTrue(isThere, command[0] + " is not on this machine");
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return answer.strip();
  }

  private static void assertDelivered(String number, String text) throws IOException {
    var sealing = KeyRing.load(home.resolve("keys/sealing")).sealing();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<String> texts = new ArrayList<>();
              for (var order : house.read(household, Topics.SMS_DELIVERY, DeliveryOrder.class)) {
                var message =
                    WireJson.read(order.submission().toString(), SealedSubmission.class)
                        .open(sealing);
                if (message.recipient().equals("+47" + number)) {
                  texts.add(message.text());
                }
              }
              assertThat(texts).containsExactly(text);
            });
  }

  @Test
  void curlByGet() throws Exception {
    var answer =
        run(
            "curl",
            "-sS",
            "--cacert",
            authority(),
            "-G",
            address(),
            "-d",
            "serviceid=4711",
            "-d",
            "fromid=Klubben",
            "-d",
            "phoneno=99900001",
            "--data-urlencode",
            "txt=" + LETTERS);
    assertThat(answer).matches("ErrorCode=0, ID=\\d+");
    assertDelivered("99900001", LETTERS);
  }

  @Test
  void curlByGetInLatinLetters() throws Exception {
    var latin = URLEncoder.encode(LETTERS, StandardCharsets.ISO_8859_1);
    var answer =
        run(
            "curl",
            "-sS",
            "--cacert",
            authority(),
            address() + "?serviceid=4711&fromid=Klubben&phoneno=004799900002&txt=" + latin);
    assertThat(answer).matches("ErrorCode=0, ID=\\d+");
    assertDelivered("99900002", LETTERS);
  }

  @Test
  void curlAndPhpByMultipartForm() throws Exception {
    var answer =
        run(
            "curl",
            "-sS",
            "--cacert",
            authority(),
            address(),
            "-F",
            "serviceid=4711",
            "-F",
            "fromid=Klubben",
            "-F",
            "phoneno=+4799900003",
            "-F",
            "txt=" + EURO);
    assertThat(answer).matches("ErrorCode=0, ID=\\d+");
    assertDelivered("99900003", EURO);
  }

  @Test
  void curlByJson() throws Exception {
    var answer =
        run(
            "curl",
            "-sS",
            "--cacert",
            authority(),
            address(),
            "-H",
            "Content-Type: application/json",
            "-d",
            "{\"serviceid\": 4711, \"fromid\": \"Klubben\", \"phoneno\": 99900004, \"txt\": \""
                + LETTERS
                + "\"}");
    assertThat(answer).matches("\\{\"errorcode\":0,\"id\":\\d+,\"description\":\"OK\"}");
    assertDelivered("99900004", LETTERS);
  }

  @Test
  void curlByChunksOverHttp10And11() throws Exception {
    var body = "serviceid=4711&fromid=Klubben&phoneno=99900005&txt=Hei+igjen";
    var answer =
        run(
            "curl",
            "-sS",
            "--cacert",
            authority(),
            "--http1.1",
            "-H",
            "Transfer-Encoding: chunked",
            "-H",
            "Expect: 100-continue",
            address(),
            "-d",
            body);
    assertThat(answer).matches("ErrorCode=0, ID=\\d+");
    var again = run("curl", "-sS", "--cacert", authority(), "--http1.0", address(), "-d", body);
    assertThat(again).as("a blind retry is one message").isEqualTo(answer);
    assertDelivered("99900005", "Hei igjen");
  }

  @Test
  void pythonByForm() throws Exception {
    var script =
        """
        import ssl, urllib.parse, urllib.request
        form = urllib.parse.urlencode({'serviceid': '4711', 'fromid': 'Klubben',
            'phoneno': '99900006', 'txt': '%s'}).encode()
        print(urllib.request.urlopen('%s', form, context=ssl.create_default_context(cafile='%s')).read().decode())
        """
            .formatted(LETTERS, address(), authority());
    assertThat(run("python3", "-c", script)).matches("ErrorCode=0, ID=\\d+");
    assertDelivered("99900006", LETTERS);
  }

  @Test
  void perlByForm() throws Exception {
    assumeTrue(
        new ProcessBuilder("perl", "-MIO::Socket::SSL", "-e", "1").start().waitFor() == 0,
        "perl here has no TLS");
    var script =
        "use HTTP::Tiny; print HTTP::Tiny->new(verify_SSL => 1, SSL_options => {SSL_ca_file => '%s'})"
                .formatted(authority())
            + "->post_form('%s', {serviceid => 4711, fromid => 'Klubben', phoneno => '99900007', txt => 'Hei fra perl'})->{content}"
                .formatted(address());
    assertThat(run("perl", "-e", script)).matches("ErrorCode=0, ID=\\d+");
    assertDelivered("99900007", "Hei fra perl");
  }

  @Test
  void nodeByJson() throws Exception {
    var script =
        """
        const https = require('https'), fs = require('fs');
        const body = JSON.stringify({serviceid: '4711', fromid: 'Klubben', phoneno: '99900008', txt: '%s'});
        const request = https.request('%s', {method: 'POST', ca: fs.readFileSync('%s'),
          headers: {'Content-Type': 'application/json; charset=utf-8'}}, answer => {
            answer.on('data', part => process.stdout.write(part)); });
        request.end(body);
        """
            .formatted(EURO, address(), authority());
    assertThat(run("node", "-e", script)).contains("\"errorcode\":0");
    assertDelivered("99900008", EURO);
  }

  @Test
  void javaOverHttp2() throws Exception {
    var answer =
        house.send(
            house
                .customer("/psk/push.php")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=iso-8859-1")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "serviceid=4711&fromid=Klubben&phoneno=99900009&txt="
                            + URLEncoder.encode(LETTERS, StandardCharsets.ISO_8859_1))));
    assertThat(answer.body()).matches("ErrorCode=0, ID=\\d+");
    assertDelivered("99900009", LETTERS);
  }

  @Test
  void whatIsStoppedIsToldByItsCode() throws Exception {
    assertThat(push("4711", "99900010", "se http://lure.example.com/x"))
        .startsWith("ErrorCode=4, ID=")
        .contains("lure[.]example[.]com");
    assertThat(push("4711", "+46701234567", "Hej")).startsWith("ErrorCode=21, ID=");
    assertThat(push("4711", "99900011", "en")).startsWith("ErrorCode=0");
    assertThat(push("4711", "99900011", "to")).startsWith("ErrorCode=0");
    assertThat(push("4711", "99900011", "tre")).startsWith("ErrorCode=5, ID=");
    assertThat(push("4712", "99900012", "Hei"))
        .startsWith("ErrorCode=7, ID=")
        .doesNotContain("internt notat");
    assertThat(push("ingen", "99900013", "Hei")).startsWith("ErrorCode=2, ID=");
  }

  private static String push(String service, String number, String text) throws Exception {
    var query =
        "serviceid=%s&fromid=Klubben&phoneno=%s&txt=%s"
            .formatted(
                service,
                URLEncoder.encode(number, StandardCharsets.UTF_8),
                URLEncoder.encode(text, StandardCharsets.UTF_8));
    return house.send(house.customer("/psk/push.php?" + query).GET()).body();
  }
}
