package no.front.vakt.standalone.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import no.front.vakt.contract.RefusedBecause;

/** The day in sums: a row a customer, a row for all, and why messages were not sent. */
final class ClosingTable {
  private static final String HEAD = "%-15s %7s %8s %7s %8s %10s %6s   %s";
  private static final String ROW = "%-15s %,7d %,8d %,7d %,8d %,10d %,6d   %s";
  private static final String MORE = " ".repeat(70) + "%s";

  private ClosingTable() {}

  /**
   * The lines of the table, at most 100 columns wide.
   *
   * @param staffMails mails to Front's own people, told beside those of the customers
   */
  static List<String> lines(List<Tally.Row> rows, long staffMails) {
    var lines = new ArrayList<String>();
    var head =
        HEAD.formatted(
            "customer", "sent", "allowed", "held", "stopped", "delivered", "mails", "why");
    lines.add(head);
    lines.add("-".repeat(98));
    for (var row : rows) {
      var why = why(row);
      lines.add(
          line(
              row.customer(),
              row.sent(),
              row.allowed(),
              row.held(),
              row.stopped(),
              row.delivered(),
              row.mails(),
              why.isEmpty() ? "" : why.get(0)));
      why.stream().skip(1).forEach(more -> lines.add(MORE.formatted(more)));
    }
    lines.add("-".repeat(98));
    lines.add(
        line(
            "all",
            rows.stream().mapToLong(Tally.Row::sent).sum(),
            rows.stream().mapToLong(Tally.Row::allowed).sum(),
            rows.stream().mapToLong(Tally.Row::held).sum(),
            rows.stream().mapToLong(Tally.Row::stopped).sum(),
            rows.stream().mapToLong(Tally.Row::delivered).sum(),
            rows.stream().mapToLong(Tally.Row::mails).sum(),
            staffMails == 0 ? "" : "and %,d mails to staff".formatted(staffMails)));
    return lines;
  }

  private static String line(
      String customer,
      long sent,
      long allowed,
      long held,
      long stopped,
      long delivered,
      long mails,
      String why) {
    return String.format(
            Locale.ROOT, ROW, customer, sent, allowed, held, stopped, delivered, mails, why)
        .stripTrailing();
  }

  private static List<String> why(Tally.Row row) {
    return Stream.concat(
            row.why().entrySet().stream().map(ClosingTable::rule),
            row.refused().entrySet().stream().map(ClosingTable::refused))
        .toList();
  }

  private static String rule(Map.Entry<String, Long> rule) {
    return String.format(Locale.ROOT, "%s %,d", rule.getKey(), rule.getValue());
  }

  private static String refused(Map.Entry<RefusedBecause, Long> refused) {
    var reason =
        switch (refused.getKey()) {
          case NETWORK -> "wrong address";
          case PASSWORD -> "wrong password";
          case NONE_SET -> "no access set";
          case UNKNOWN_CUSTOMER -> "unknown";
        };
    return String.format(Locale.ROOT, "refused: %s %,d", reason, refused.getValue());
  }
}
