package no.front.vakt.standalone.up;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person reads when the household is up: where everything is, and a call to paste. */
final class Greeting {
  private Greeting() {}

  static List<String> lines(
      HouseholdSettings settings, URI door, Optional<URI> control, Optional<URI> mails) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(
        "  verdicts      "
            + door
            + "/v1/verdicts  (gateway, key in "
            + near(settings.keysDirectory().resolve("gateway.key"))
            + ")");
    lines.add("  customer API  " + door + "/psk/push.php  (customers' own systems)");
    control.ifPresent(
        address ->
            lines.add(
                "  control API   "
                    + address
                    + "/v1/customers  (staff, key in "
                    + near(settings.keysDirectory().resolve("staff.key"))
                    + ")"));
    mails.ifPresent(address -> lines.add("  mailbox       " + address));
    lines.add(
        "  policies      "
            + near(settings.policiesDirectory())
            + "  (watched: save a file, and it is in force)");
    lines.add("  log           " + near(settings.dataDirectory().resolve("log/vakt.log")));
    lines.add("");
    lines.add(
        "Try it: a link outside the example customer's own pages is held, and the answer says why.");
    lines.add("");
    lines.addAll(call(settings, door));
    lines.add("");
    return lines;
  }

  private static List<String> call(HouseholdSettings settings, URI door) {
    var keys = settings.keysDirectory();
    var trust =
        settings.doorIdentity().isPresent()
            ? ""
            : " --cacert " + quoted(keys.resolve("door/ca.crt"));
    return List.of(
        "curl -sS%s -H \"Authorization: Bearer $(cat %s)\" \\"
            .formatted(trust, quoted(keys.resolve("gateway.key"))),
        "  -H 'Content-Type: application/json' %s/v1/verdicts -d '{".formatted(door),
        "    \"customerId\": \"example\", \"messageId\": \"'$(date +%s%N)'\", \"senderId\": \"Example\",",
        "    \"recipient\": \"+4740000001\", \"channel\": \"API\",",
        "    \"text\": \"Pakken din venter: http://example.com/hent\"}'");
  }

  /** The path from here when it lies below, else the whole one. */
  private static Path near(Path path) {
    var here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  private static String quoted(Path path) {
    var text = near(path).toString();
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
