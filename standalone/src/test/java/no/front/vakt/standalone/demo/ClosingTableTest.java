package no.front.vakt.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import no.front.vakt.contract.RefusedBecause;
import org.junit.jupiter.api.Test;

class ClosingTableTest {
  private static final Tally.Row QUIET = row("idrettslaget", 7, 7, 0, 0, Map.of(), Map.of());
  private static final Tally.Row BUSY =
      row(
          "nettbutikken",
          12_345,
          12_000,
          300,
          45,
          Map.of("links", 300L, "countries", 45L),
          Map.of(RefusedBecause.PASSWORD, 24L));

  @Test
  void hasARowForEachCustomerTheReasonsBelowEachOtherAndTheSum() {
    assertThat(ClosingTable.lines(List.of(QUIET, BUSY), 3))
        .containsExactly(
            "customer           sent  allowed    held  stopped  delivered  mails   why",
            "-".repeat(98),
            "idrettslaget          7        7       0        0          7      2",
            "nettbutikken     12,345   12,000     300       45     12,000      2   countries 45",
            " ".repeat(70) + "links 300",
            " ".repeat(70) + "refused: wrong password 24",
            "-".repeat(98),
            "all              12,352   12,007     300       45     12,007      4   and 3 mails to staff");
  }

  @Test
  void fitsATerminalOf100Columns() {
    var large =
        row(
            "alarmsentralen",
            9_999_999,
            9_999_999,
            999_999,
            999_999,
            Map.of("recipient-ceiling", 999_999L),
            Map.of(RefusedBecause.NONE_SET, 999_999L));
    assertThat(ClosingTable.lines(List.of(large), 0))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  private static Tally.Row row(
      String customer,
      long sent,
      long allowed,
      long held,
      long stopped,
      Map<String, Long> why,
      Map<RefusedBecause, Long> refused) {
    return new Tally.Row(
        customer,
        sent,
        allowed,
        held,
        stopped,
        allowed,
        2,
        new TreeMap<>(why),
        new TreeMap<>(refused));
  }
}
