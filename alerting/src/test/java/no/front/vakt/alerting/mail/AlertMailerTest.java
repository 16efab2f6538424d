package no.front.vakt.alerting.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AlertMailerTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final CountDownLatch sending = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  private final MailServer slow =
      mail -> {
        sending.countDown();
        try {
          answer.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      };

  private final Mail.Receipts receipts =
      new Mail.Receipts() {
        @Override
        public boolean isSettled(Mail.Key key) {
          return false;
        }

        @Override
        public void note(Mail.Key key, String problem) {
          steps.add("receipt");
        }
      };

  private static Mail mail(String alertId, int partition) {
    return new Mail(
        new Mail.Key(alertId, "h"),
        "klubben",
        SampleNews.news(SampleNews.alert(AlertType.FIRST, AlertAudience.CUSTOMER)),
        SampleNews.reader(false, Language.NB),
        new Mail.Place(partition, 0, 0));
  }

  @Test
  void aPartitionIsGivenUpAfterTheReceiptOfTheMailThatIsOnItsWay() throws Exception {
    Clock noon = Clock.fixed(SampleNews.NOON, ZoneOffset.UTC);
    try (AlertMailer mailer = new AlertMailer(slow, 1, receipts, noon)) {
      mailer.start((mail, problem) -> steps.add("settled"));
      mailer.add(mail("a", 3));
      sending.await();

      mailer.awaitNoneOnTheWay(mail -> mail.place().partition() == 4, LONG);
      mailer.awaitNoneOnTheWay(mail -> true, Duration.ZERO);
      assertThat(steps).as("another's partition, and no patience").isEmpty();
      CompletableFuture<Void> givenUp =
          CompletableFuture.runAsync(
              () -> {
                try {
                  mailer.awaitNoneOnTheWay(mail -> mail.place().partition() == 3, LONG);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                steps.add("given up");
              });
      answer.countDown();

      givenUp.get();
      assertThat(steps).containsExactly("receipt", "settled", "given up");
    }
  }
}
