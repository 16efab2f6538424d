package no.front.vakt.detection.scoring;

import static no.front.vakt.detection.scoring.Traffic.NOON;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;

/**
 * A log of messages and policies made of a seed: jittered and late stamps, repeats, reused ids,
 * pauses of days, policies that come into force in the middle of it all.
 */
final class RandomLog {
  private static final long SECOND = 1_000;
  private static final long DAY = 86_400 * SECOND;
  private static final String[] ACTIONS = {"OBSERVE", "ALERT", "HOLD", "BLOCK"};
  private static final String[] TEXTS = {
    "Hei", "Se https://front.no/a nå", "Betal på post-pakke.example.com", "x".repeat(500)
  };
  private static final String[] RECIPIENTS = {
    "+4799999901", "+4799999902", "+46701234567", "+88213300000", "+447781123456"
  };

  /** Records in the order of their logs: each is a {@link RawSubmission} or a {@link RawRecord}. */
  final List<Object> records = new ArrayList<>();

  private final Random random;
  private final Map<String, Long> versions = new HashMap<>();
  private final List<Submission> sent = new ArrayList<>();

  RandomLog(long seed, int length) {
    random = new Random(seed);
    long now = NOON.toEpochMilli();
    for (int i = 0; i < length; i++) {
      now += step();
      records.add(random.nextInt(15) == 0 ? policy(now) : submission(i, now));
    }
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i) instanceof RawSubmission raw) {
        raw.offset = i;
      }
    }
  }

  private long step() {
    int kind = random.nextInt(100);
    if (kind == 0) {
      return random.nextInt((int) (3 * DAY / SECOND)) * SECOND;
    }
    return kind < 30 ? 0 : random.nextInt(4_000);
  }

  private String customer() {
    return "customer-" + random.nextInt(8);
  }

  private RawSubmission submission(int i, long now) {
    Submission message;
    if (!sent.isEmpty() && random.nextInt(12) == 0) {
      Submission again = sent.get(Math.max(0, sent.size() - 1 - random.nextInt(60)));
      message = random.nextInt(3) == 0 ? SampleMessages.saying(again, "Noe annet " + i) : again;
      message = message.at(now);
    } else {
      long stamp = now - random.nextInt(3_000) + (random.nextInt(20) == 0 ? 6_000 : 0);
      long late = random.nextInt(25) == 0 ? random.nextInt(90_000) : 0;
      message = SampleMessages.message(customer(), "m-" + i, NOON).at(stamp - late);
      message = SampleMessages.to(message, RECIPIENTS[random.nextInt(RECIPIENTS.length)]);
      message = SampleMessages.saying(message, TEXTS[random.nextInt(TEXTS.length)]);
      sent.add(message);
    }
    RawSubmission raw = Traffic.asked(message);
    raw.logMillis = now;
    return raw;
  }

  // In force a second after it is logged, as the publisher sees to it (design decision 5).
  private RawRecord policy(long now) {
    String customerId = random.nextInt(6) == 0 ? "default" : customer();
    long version = versions.merge(customerId, 1L, Long::sum);
    String effective = Traffic.from(Instant.ofEpochMilli(now + SECOND));
    RawRecord raw;
    if (random.nextInt(12) == 0) {
      raw = Traffic.policy(customerId, version, effective + ",\"removed\":true");
    } else if (random.nextInt(12) == 0) {
      raw = RawRecord.of(customerId, Traffic.bytes("{\"version\":"));
    } else {
      raw = Traffic.policy(customerId, version, effective + ",\"rules\":[" + rules() + "]");
    }
    raw.logMillis = now;
    return raw;
  }

  private String rules() {
    int window = new int[] {1, 10, 60, 3600, 10 * 86_400}[random.nextInt(5)];
    String per = new String[] {"customer", "recipient", "country", "urlDomain"}[random.nextInt(4)];
    return "{\"id\":\"ceiling\",\"kind\":\"volume-limit\",\"action\":\""
        + ACTIONS[random.nextInt(4)]
        + "\",\"per\":\""
        + per
        + "\",\"unit\":\""
        + (random.nextBoolean() ? "message" : "segment")
        + "\",\"limit\":"
        + (1 + random.nextInt(5))
        + ",\"windowSeconds\":"
        + window
        + "},{\"id\":\"links\",\"kind\":\"url-whitelist\",\"action\":\""
        + ACTIONS[random.nextInt(4)]
        + "\",\"allowed\":[\"front.no\"]},{\"id\":\"odd\",\"kind\":\"unheard-of\",\"action\":\"BLOCK\"}";
  }
}
