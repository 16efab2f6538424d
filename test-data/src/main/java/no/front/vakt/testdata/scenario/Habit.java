package no.front.vakt.testdata.scenario;

import java.time.LocalTime;
import java.util.List;
import no.front.vakt.contract.Channel;
import org.jspecify.annotations.Nullable;

/**
 * How a customer sends on an ordinary day.
 *
 * @param customerId which customer
 * @param way by which door
 * @param channel how its own side makes the messages
 * @param originIp address of its system
 * @param password what it shows at the customer API; absent when its address is enough
 * @param senders senders it takes turns with
 * @param recipients how many different numbers it sends to
 * @param spans when it sends how much
 * @param texts its texts, with gaps
 */
record Habit(
    String customerId,
    Way way,
    Channel channel,
    String originIp,
    @Nullable String password,
    List<String> senders,
    int recipients,
    List<Span> spans,
    List<String> texts) {

  /**
   * Part of a day at an even pace.
   *
   * @param count how many messages
   */
  record Span(LocalTime from, LocalTime until, int count) {
    static Span of(int fromHour, int untilHour, int count) {
      return new Span(LocalTime.of(fromHour, 0), LocalTime.of(untilHour, 0), count);
    }
  }
}
