package no.front.vakt.standalone.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Outcome;

/** What a person can look at when the day is over: addresses, and calls to paste. */
final class WhereToLook {
  private WhereToLook() {}

  static List<String> lines(DemoHouse house, Tally tally) {
    var lines = new ArrayList<String>();
    lines.add("Where to look");
    house
        .mailPage()
        .ifPresent(page -> add(lines, "The mails that customers and staff got:", "  " + page));
    Stream.of(Outcome.HOLD, Outcome.BLOCK)
        .flatMap(outcome -> tally.newest(outcome).stream())
        .findFirst()
        .ifPresent(
            message ->
                add(
                    lines,
                    "Why a message was not sent, and what became of it:",
                    verdictCall(house, message)));
    tally
        .newest(Outcome.HOLD)
        .ifPresent(
            message ->
                house
                    .controlAddress()
                    .ifPresent(
                        control ->
                            add(
                                lines,
                                "Let it go all the same, then ask again:",
                                releaseCall(house, control, message))));
    lines.add("");
    return lines;
  }

  private static void add(List<String> lines, String what, String call) {
    lines.add("");
    lines.add("- " + what);
    lines.add("");
    call.lines().forEach(lines::add);
  }

  private static String verdictCall(DemoHouse house, MessageIdentity message) {
    return call(house.authority(), house.gatewayKey())
        + "  %s/v1/customers/%s/verdicts/%s"
            .formatted(house.door(), encoded(message.customerId()), encoded(message.messageId()));
  }

  private static String releaseCall(DemoHouse house, URI control, MessageIdentity message) {
    return call(house.authority(), house.staffKey())
        + "  -H 'Content-Type: application/json' -d '{\"decision\": \"release\"}' \\\n"
        + "  %s/v1/customers/%s/messages/%s/decision"
            .formatted(control, encoded(message.customerId()), encoded(message.messageId()));
  }

  private static String call(Path authority, Path key) {
    return "curl -sS --cacert %s -H \"Authorization: Bearer $(cat %s)\" \\\n"
        .formatted(quoted(authority), quoted(key));
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String quoted(Path path) {
    var here = Path.of("").toAbsolutePath();
    var text = (path.startsWith(here) ? here.relativize(path) : path).toString();
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
