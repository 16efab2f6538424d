package no.front.vakt.alerting.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Instant NOON = SampleNews.NOON;
  private static final Instant ONE_SECOND_LATER = NOON.plusSeconds(1);
  private static final Instant AN_HOUR_LATER = NOON.plus(Duration.ofHours(1));

  private final Outbox outbox = new Outbox(new Random(7));

  private static Mail mail(String alertId, String customer, int recipient) {
    return new Mail(
        new Mail.Key(alertId, "h" + recipient),
        customer,
        SampleNews.news(SampleNews.alert(AlertType.FIRST, AlertAudience.CUSTOMER)),
        SampleNews.reader(false, Language.NB),
        new Mail.Place(0, 0, 0));
  }

  private Mail take(Instant now) {
    return outbox.take(now).orElseThrow();
  }

  @Test
  void letsCustomersTakeTurns() {
    for (int i = 0; i < 100; i++) {
      outbox.add(mail("many" + i, "klubben", 1), NOON);
    }
    outbox.add(mail("one", "korpset", 2), NOON);

    assertThat(take(NOON).lane()).isEqualTo("klubben");
    assertThat(take(NOON).lane()).isEqualTo("korpset");
    assertThat(take(NOON).lane()).isEqualTo("klubben");
  }

  @Test
  void letsARecipientThatFailsHoldUpNobodyElse() {
    outbox.add(mail("a", "klubben", 1), NOON);
    outbox.add(mail("a", "klubben", 2), NOON);

    outbox.retryRecipient(take(NOON), NOON);

    assertThat(take(NOON).key().recipientHash()).isEqualTo("h2");
    assertThat(outbox.take(NOON)).isEmpty();
    assertThat(take(ONE_SECOND_LATER).key().recipientHash()).isEqualTo("h1");
  }

  @Test
  void waitsLongerEachTimeAndNeverLongerThanFiveMinutes() {
    outbox.add(mail("a", "klubben", 1), NOON);
    Instant now = NOON;
    for (int failures = 0; failures < 40; failures++) {
      outbox.retryRecipient(take(now), now);
      long longest = Math.min(300, failures < 20 ? 1L << failures : 300);
      assertThat(outbox.take(now.plusMillis(longest * 1_000 * 8 / 10 - 1))).isEmpty();
      now = now.plusSeconds(longest);
    }
    assertThat(outbox.take(now)).isPresent();
  }

  @Test
  void asksAServerThatFailsByOneMailAtATime() {
    outbox.add(mail("a", "klubben", 1), NOON);
    outbox.add(mail("b", "korpset", 2), NOON);
    outbox.retryServer(take(NOON), NOON);

    assertThat(outbox.take(NOON)).isEmpty();
    Mail probe = take(ONE_SECOND_LATER);
    assertThat(probe.lane()).isEqualTo("korpset");
    assertThat(outbox.take(ONE_SECOND_LATER)).isEmpty();
    outbox.done(probe);
    assertThat(take(ONE_SECOND_LATER).lane()).isEqualTo("klubben");
  }

  @Test
  void sendsAfterAnHourWithoutAServerWithinFiveMinutes() {
    outbox.add(mail("a", "klubben", 1), NOON);
    Instant now = NOON;
    int attempts = 0;
    while (now.isBefore(AN_HOUR_LATER)) {
      if (outbox.take(now).isPresent()) {
        attempts++;
        outbox.retryServer(mail("a", "klubben", 1), now);
      }
      now = now.plusSeconds(1);
    }
    assertThat(attempts).isBetween(15, 30);
    assertThat(outbox.take(AN_HOUR_LATER.plus(Outbox.LONGEST_PAUSE))).isPresent();
  }

  @Test
  void neverHasTwoMailsOfOneKeyOnTheWay() {
    outbox.add(mail("a", "klubben", 1), NOON);
    outbox.add(mail("a", "klubben", 1), NOON);

    Mail first = take(NOON);
    assertThat(outbox.take(NOON)).isEmpty();
    outbox.done(first);
    assertThat(outbox.take(NOON)).isPresent();
  }

  @Test
  void leavesNothingBehind() {
    outbox.add(mail("a", "klubben", 1), NOON);
    outbox.add(mail("b", "korpset", 1), NOON);
    outbox.done(take(NOON));
    outbox.removeIf(mail -> mail.lane().equals("korpset"));

    assertThat(outbox.size()).isZero();
    assertThat(outbox.take(AN_HOUR_LATER)).isEmpty();
  }
}
