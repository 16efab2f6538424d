package no.front.vakt.standalone.demo;

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
    lines.add("Where to look:");
    house
        .mailPage()
        .ifPresent(
            page -> {
              lines.add("");
              lines.add("  The mails that customers and staff got: " + page);
            });
    Stream.of(Outcome.HOLD, Outcome.BLOCK)
        .flatMap(outcome -> tally.newest(outcome).stream())
        .findFirst()
        .ifPresent(
            message -> {
              lines.add("");
              lines.add("  Why a message was not sent (the door remembers ten minutes):");
              lines.add("");
              lines.addAll(verdictCall(house, message));
            });
    tally
        .newest(Outcome.HOLD)
        .flatMap(house::releaseCall)
        .ifPresent(
            call -> {
              lines.add("");
              lines.add("  Let it go all the same:");
              lines.add("");
              call.lines().forEach(lines::add);
            });
    lines.add("");
    return lines;
  }

  private static List<String> verdictCall(DemoHouse house, MessageIdentity message) {
    return List.of(
        "curl -sS --cacert %s -H \"Authorization: Bearer $(cat %s)\" \\"
            .formatted(quoted(house.authority()), quoted(house.gatewayKey())),
        "  %s/v1/customers/%s/verdicts/%s"
            .formatted(house.door(), encoded(message.customerId()), encoded(message.messageId())));
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
