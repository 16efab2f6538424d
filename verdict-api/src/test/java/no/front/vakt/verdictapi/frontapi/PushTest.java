package no.front.vakt.verdictapi.frontapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.contract.Wording;
import no.front.vakt.verdictapi.RawCaller;
import no.front.vakt.verdictapi.RunningDoor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCrypt;

class PushTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String OK = "ErrorCode=0, ID=";
  private static final String CALL = "serviceid=4711&fromid=Klubben&phoneno=99999901&txt=";
  private static final Pattern ID = Pattern.compile("ID=(\\d+)$");

  @TempDir static Path directory;
  private static RunningDoor door;
  private static RawCaller client;

  @BeforeAll
  static void open() throws Exception {
    door = new RunningDoor(directory, Map.of("web.trustedProxies", "127.0.0.1"), PushTest::judge);
    client = new RawCaller(door.port(), door.fixture().authority().client(null));
    policy("4711", new AccessPolicy(List.of("127.0.0.0/8"), null));
    policy("4712", new AccessPolicy(List.of(), BCrypt.hashpw("hemmelig", BCrypt.gensalt(4))));
    await().until(() -> client.get("serviceid=4712&password=hemmelig").contains("ErrorCode=9"));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static void policy(String customerId, AccessPolicy access) {
    door.broker()
        .put(
            Topics.VAKT_POLICIES,
            customerId,
            "{\"customerId\":\""
                + customerId
                + "\",\"version\":1,\"language\":\"nb\",\"access\":"
                + WireJson.text(access)
                + "}");
  }

  private static Answer judge(SealedSubmission submission) {
    Outcome outcome =
        submission.senderId().equals("Stopp")
            ? Outcome.BLOCK
            : submission.senderId().equals("Vent") ? Outcome.HOLD : Outcome.ALLOW;
    Finding finding =
        new Finding(
            "land",
            1,
            "country-policy",
            Action.BLOCK,
            false,
            null,
            null,
            null,
            Map.of(),
            new Wording("Ikke tillatt å sende dit – noen gang.", "Never to that country."));
    Verdict verdict =
        new Verdict(
            submission.customerId(),
            submission.messageId(),
            outcome,
            0,
            Instant.now(),
            1,
            1,
            "data",
            outcome == Outcome.BLOCK ? List.of(finding) : List.of());
    return new Answer(verdict.identity(), verdict, null, null);
  }

  private static int id(String answer) {
    Matcher matcher = ID.matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /** The message behind an answer, as the judge saw it. */
  private static Submission sent(String answer) {
    String start = "push-" + id(answer) + "-";
    return door.judge().seen().stream()
        .map(record -> WireJson.read(record.value(), SealedSubmission.class))
        .filter(submission -> submission.messageId().startsWith(start))
        .findFirst()
        .orElseThrow()
        .open(door.fixture().keys().sealing());
  }

  @Test
  void takesAGetOfPhpAndAnswersInPlainText() {
    String answer = client.get(CALL + "Hei+p%E5+deg");

    assertThat(answer).startsWith("HTTP/1.1 200").contains("text/plain", "no-store");
    Submission sent = sent(answer);
    assertThat(sent.text()).isEqualTo("Hei på deg");
    assertThat(sent.recipient()).isEqualTo("+4799999901");
    assertThat(sent.senderId()).isEqualTo("Klubben");
    assertThat(sent.customerId()).isEqualTo("4711");
    assertThat(sent.originIp()).isEqualTo("127.0.0.1");
    assertThat(sent.deliver()).isTrue();
  }

  @Test
  void readsUtf8AndLatin1EachValueForItself() {
    assertThat(sent(client.get(CALL + "%C3%A6%C3%B8%C3%A5")).text()).isEqualTo("æøå");
    assertThat(sent(client.get(CALL + "%E6%F8%E5")).text()).isEqualTo("æøå");
    assertThat(sent(client.get(CALL + "5+%80")).text()).as("Windows").isEqualTo("5 €");
    assertThat(sent(client.get(CALL + "100%+sant+[ja]")).text()).isEqualTo("100% sant [ja]");
    assertThat(sent(client.get(CALL.replace("99999901", "+4799999901") + "x1")).recipient())
        .as("a plus that was not encoded")
        .isEqualTo("+4799999901");
  }

  @Test
  void takesAFormWhateverItsContentTypeSays() {
    assertThat(sent(client.post(FORM, CALL + "f1+%C3%B8")).text()).isEqualTo("f1 ø");
    assertThat(sent(client.post("", CALL + "f2")).text()).isEqualTo("f2");
    assertThat(
            sent(client.post(
                    "Content-Type: application/x-www-form-urlencoded; charset=iso-8859-15\r\n",
                    CALL + "f3+%A4"))
                .text())
        .isEqualTo("f3 €");
    assertThat(sent(client.post(FORM, CALL.toUpperCase(java.util.Locale.ROOT) + "F4")).senderId())
        .isEqualTo("KLUBBEN");
  }

  @Test
  void closesTheConnectionOfNobodyAndKeepsThatOfACustomer() {
    String call = "GET /psk/push.php?%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n";
    for (String nobodys :
        List.of("serviceid=4712", "serviceid=4712&password=x", "serviceid=nobody", "txt=x")) {
      // Reads to the end, and would time out if there were none.
      assertThat(client.send(call.formatted(nobodys, ""))).contains("Connection: close");
    }
    String customers = call.formatted("serviceid=4711", "");
    assertThat(client.send(customers + call.formatted("serviceid=4711", "Connection: close\r\n")))
        .as("two answers on one connection")
        .containsPattern("(?s)ErrorCode=9.*ErrorCode=9");
  }

  @Test
  void believesTheBytesBeforeTheCharset() {
    for (String charset :
        List.of("us-ascii", "utf-16", "utf-32", "iso-8859-1", "windows-1252", "shift_jis")) {
      String type = "Content-Type: application/x-www-form-urlencoded; charset=" + charset + "\r\n";
      assertThat(sent(client.post(type, CALL + charset + "+%C3%B8")).text())
          .isEqualTo(charset + " ø");
      assertThat(sent(client.post(type, CALL + charset + "+%F8")).text()).isEqualTo(charset + " ø");
    }
    String json =
        "{\"serviceid\":4711,\"fromid\":\"Klubben\",\"phoneno\":99999901,\"txt\":\"%s \u00C3\u00B8\"}";
    for (String charset : List.of("iso-8859-1", "us-ascii", "utf-16")) {
      String answer =
          client.post(
              "Content-Type: application/json; charset=" + charset + "\r\n",
              json.formatted("j" + charset));
      assertThat(sent("ID=" + answer.replaceFirst("(?s).*\"id\":(\\d+).*", "$1")).text())
          .isEqualTo("j" + charset + " ø");
    }
  }

  @Test
  void readsJsonOfWideCharacters() {
    String json =
        "{\"serviceid\":4711,\"fromid\":\"Klubben\",\"phoneno\":99999901,\"txt\":\"%s ø\"}";
    for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16")) {
      byte[] bytes = json.formatted(charset).getBytes(java.nio.charset.Charset.forName(charset));
      String answer = client.post("", new String(bytes, StandardCharsets.ISO_8859_1));
      assertThat(sent("ID=" + answer.replaceFirst("(?s).*\"id\":(\\d+).*", "$1")).text())
          .isEqualTo(charset + " ø");
    }
  }

  @Test
  void tellsThatJsonIsTooLongInJson() {
    assertThat(
            client.post(
                "Content-Type: application/json\r\n", "{\"txt\":\"" + "x".repeat(70_000) + "\"}"))
        .endsWith("{\"errorcode\":14,\"id\":0,\"description\":\"Message too long\"}");
  }

  @Test
  void takesWhatPhpsCurlMakesOfAnArray() {
    String boundary = "------------------------d74496d66958873e";
    StringBuilder body = new StringBuilder();
    Map.of(
            "serviceid",
            "4711",
            "fromid",
            "Klubben",
            "phoneno",
            "+47 999 99 901",
            "txt",
            "m\u00f8te\r\nkl 7")
        .forEach(
            (name, value) ->
                body.append("--")
                    .append(boundary)
                    .append("\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append("\"\r\n\r\n")
                    .append(value)
                    .append("\r\n"));
    body.append("--").append(boundary).append("--\r\n");

    Submission sent =
        sent(
            client.post(
                "Expect: 100-continue\r\nContent-Type: multipart/form-data; boundary="
                    + boundary
                    + "\r\n",
                body.toString()));

    assertThat(sent.text()).isEqualTo("møte\nkl 7");
    assertThat(sent.recipient()).isEqualTo("+4799999901");
  }

  @Test
  void takesJsonWhateverItsContentTypeSaysAndAnswersInJson() {
    String json =
        "\u00EF\u00BB\u00BF {\"serviceid\":4711,\"fromid\":\"Klubben\",\"phoneno\":4799999901,"
            + "\"txt\":\"j%s \u00C3\u00B8\",\"unicode\":false,\"price\":0}";
    for (String type :
        List.of(
            "",
            FORM,
            "Content-Type: application/json; charset=utf-8\r\n",
            "Content-Type: text/plain\r\n")) {
      String answer = client.post(type, json.formatted(type.length()));

      assertThat(answer)
          .contains("application/json")
          .containsPattern("\\{\"errorcode\":0,\"id\":\\d+,\"description\":\"OK\"\\}$");
      int id = Integer.parseInt(answer.replaceFirst("(?s).*\"id\":(\\d+).*", "$1"));
      assertThat(sent("ID=" + id).text()).isEqualTo("j" + type.length() + " ø");
    }
    assertThat(client.post("Content-Type: application/json\r\n", "{\"serviceid\":"))
        .endsWith("{\"errorcode\":8,\"id\":0,\"description\":\"serviceid missing\"}");
  }

  @Test
  void tellsWhatIsWrongInThisOrder() {
    assertThat(client.get("txt=x")).endsWith("ErrorCode=8, ID=serviceid missing");
    assertThat(client.get("serviceid=nobody")).endsWith("ErrorCode=2, ID=Illegal IP address");
    assertThat(client.get("serviceid=nobody&password=x"))
        .endsWith("ErrorCode=13, ID=Invalid password");
    assertThat(client.get("serviceid=4712")).endsWith("ErrorCode=2, ID=Illegal IP address");
    assertThat(client.get("serviceid=4712&password=x"))
        .endsWith("ErrorCode=13, ID=Invalid password");
    assertThat(client.get("serviceid=4711")).contains("ErrorCode=9, ID=");
    assertThat(client.get("serviceid=4711&phoneno=1")).contains("ErrorCode=10, ID=");
    assertThat(client.get("serviceid=4711&phoneno=1&txt=x")).contains("ErrorCode=11, ID=");
    assertThat(client.get("serviceid=4711&phoneno=1&txt=x&fromid=Altfor+lang+avsender"))
        .contains("ErrorCode=1, ID=");
    assertThat(client.get("serviceid=4711&phoneno=99999901&txt=x&fromid=Altfor+lang+avsender"))
        .contains("ErrorCode=3, ID=");
    assertThat(client.get("serviceid=4711&phoneno[]=99999901&phoneno[]=99999902&txt=x&fromid=a"))
        .contains("ErrorCode=1, ID=");
  }

  @Test
  void takesFourSegmentsAndNotOneCharacterMore() {
    assertThat(client.get(CALL + "x".repeat(612))).contains(OK);
    assertThat(client.get(CALL + "x".repeat(613))).contains("ErrorCode=14, ID=Message too long");
    assertThat(client.get(CALL + "x".repeat(268) + "&unicode=1")).contains(OK);
    assertThat(client.get(CALL + "x".repeat(269) + "&unicode=1")).contains("ErrorCode=14");
    assertThat(client.get(CALL + "%D0%96".repeat(268))).contains(OK);
    assertThat(client.get(CALL + "%D0%96".repeat(269))).contains("ErrorCode=14");
    assertThat(client.post(FORM, CALL + "x".repeat(70_000))).contains("ErrorCode=14");
  }

  @Test
  void answersHeldAsTakenAndBlockedByItsKindInTheCustomersLanguage() {
    assertThat(client.get(CALL.replace("Klubben", "Vent") + "h")).contains(OK);
    assertThat(client.get(CALL.replace("Klubben", "Stopp") + "b"))
        .endsWith("ErrorCode=21, ID=Number blacklisted: Ikke tillatt å sende dit - noen gang.");
  }

  @Test
  void takesABlindRetryForOneSmsAlsoWhileTheFirstIsOnItsWay() throws Exception {
    door.judge().silent(true);
    String first = client.get(CALL + "blindt");
    String second = client.post(FORM, CALL + "blindt");
    door.judge().silent(false);

    assertThat(id(first)).isEqualTo(id(second));
    assertThat(id(client.get(CALL + "blindt"))).isEqualTo(id(first));
    assertThat(door.judge().timesSeen(sent(first).messageId())).isOne();
    assertThat(id(client.get(CALL + "blindt&price=100"))).isNotEqualTo(id(first));
  }

  @Test
  void findsItsMessagesByTheirIntegerToo() {
    Submission sent = sent(client.get(CALL + "finn"));

    assertThat(door.gateway().get("/v1/customers/4711/verdicts/" + sent.messageId()).status())
        .isEqualTo(200);
  }

  @Test
  void believesAProxyItTrusts() {
    String answer =
        client.send(
            "GET /psk/push.php?"
                + CALL
                + "proxy HTTP/1.1\r\nHost: localhost\r\n"
                + "X-Forwarded-For: 127.0.0.1, 203.0.113.9\r\nConnection: close\r\n\r\n");

    assertThat(answer).contains("ErrorCode=2, ID=");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        client.send(
                            "GET /psk/push.php?serviceid=4712&password=hemmelig&fromid=a&phoneno=99999901&txt=p"
                                + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.9\r\n"
                                + "Connection: close\r\n\r\n"))
                    .contains(OK));
  }

  @Test
  void sendsNothingForWhatOnlyLooks() {
    String head =
        client.send(
            "HEAD /psk/push.php?"
                + CALL
                + "hode HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(head).startsWith("HTTP/1.1 405").contains("GET, POST");
    assertThat(new String(head.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1))
        .doesNotContain("ErrorCode");
  }
}
