package no.front.vakt.detection.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageSample;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.DeadLetters;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Follows what each rule says of a customer: the first finding opens an episode and is told at
 * once; as long as new ones come there is a digest an interval; an interval without any ends it
 * with an all-clear. Messages that are judged only have episodes of their own, told to staff alone:
 * the caller has the answer, and what a mail says of messages that wait is not true of them.
 *
 * <p><b>State</b>, per customer: an {@link Episode} a rule, until its all-clear; hashes of the
 * identities told of, for {@value #SEEN_MILLIS} ms of event time (time of the verdict, which a
 * second verdict on the same message carries too), at most {@value #MOST_SEEN}, all cleared when no
 * message can be judged again. Beyond that many a message may count twice. <b>Twice</b>: dropped.
 * <b>Late</b>: an old verdict alerts like any other; the alert says when it was. <b>Unreadable</b>:
 * to dead letters. <b>Down</b>: a digest that is overdue is told at restore; an all-clear then
 * waits another interval, because the log has not been read yet.
 */
final class EpisodeFunction extends KeyedProcessFunction<String, RawRecord, Raised> {
  /** How far apart in event time two verdicts on a message can be after a crash, and more. */
  static final long SEEN_MILLIS = 3_600_000L;

  /** Most identities remembered of a customer; fourteen a second for an hour. */
  static final int MOST_SEEN = 50_000;

  /** A customer stopped by hand is known to be: the same news once a day is enough. */
  static final long FROZEN_INTERVAL_MILLIS = Duration.ofDays(1).toMillis();

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** When its submission has left the log, nothing can be judged again. */
  private static final long JUDGED_AGAIN_MILLIS = Topics.SMS_SUBMITTED.retention().toMillis();

  private static final String SEEN_PURPOSE = "alerts: verdict seen";

  private final AlertOptions options;
  private final long intervalMillis;
  private transient MapState<String, Episode> episodes;
  private transient BoundedMemory seen;
  private transient KeyedHash hashing;
  private transient Samples samples;
  private transient DeadLetters deadLetters;

  EpisodeFunction(AlertOptions options) {
    this.options = options;
    this.intervalMillis = options.interval().toMillis();
  }

  @Override
  public void open(OpenContext context) {
    KeyRing keys = options.keys().keys();
    episodes =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "episodes", Types.STRING, TypeInformation.of(Episode.class)));
    seen = new BoundedMemory(getRuntimeContext(), "seen", MOST_SEEN, SEEN_MILLIS);
    hashing = keys.hashing();
    samples = new Samples(keys.sealing());
    deadLetters =
        new DeadLetters(
            keys.sealing(), getRuntimeContext().getMetricGroup().counter("deadLetters"));
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<Raised> out)
      throws Exception {
    HeardVerdict heard;
    Optional<MessageSample> sample;
    try {
      heard = HeardVerdict.read(raw);
      if (heard.alerting().isEmpty()) {
        return;
      }
      sample = samples.find(heard.judged());
    } catch (MissingKeyException e) {
      throw e;
    } catch (RuntimeException e) {
      context.output(AlertPipeline.BESIDE, deadLetters.of(raw, reason(e)));
      return;
    }
    TimerService timers = context.timerService();
    if (isSeen(heard.verdict(), raw.logMillis, timers)) {
      return;
    }
    for (Map.Entry<String, Finding> spoken : heard.alerting().entrySet()) {
      String key = heard.judgeOnly() ? EpisodeNews.JUDGE_ONLY + spoken.getKey() : spoken.getKey();
      hear(heard, key, spoken.getValue(), sample, context, out);
    }
  }

  static String reason(RuntimeException e) {
    return e instanceof IllegalArgumentException
        ? DeadLetters.bounded(String.valueOf(e.getMessage()))
        : "cannot be understood: " + e.getClass().getSimpleName();
  }

  private boolean isSeen(Verdict verdict, long logMillis, TimerService timers) throws Exception {
    long at = Math.min(verdict.decidedAt().toEpochMilli(), logMillis);
    // Under every key at hand, so that a new key does not make all messages new.
    for (String hash : hashing.all(SEEN_PURPOSE, verdict.messageId())) {
      if (seen.find(hash) != null) {
        return true;
      }
    }
    // Rounded up to whole days, so that a busy customer sets one timer a day.
    long keepUntil =
        (timers.currentProcessingTime() + JUDGED_AGAIN_MILLIS) / DAY_MILLIS * DAY_MILLIS
            + DAY_MILLIS;
    if (seen.remember(hashing.of(SEEN_PURPOSE, verdict.messageId()), at, keepUntil)) {
      timers.registerProcessingTimeTimer(keepUntil);
    }
    return false;
  }

  private void hear(
      HeardVerdict heard,
      String key,
      Finding finding,
      Optional<MessageSample> sample,
      Context context,
      Collector<Raised> out)
      throws Exception {
    Verdict verdict = heard.verdict();
    TimerService timers = context.timerService();
    long at = verdict.decidedAt().toEpochMilli();
    long now = timers.currentProcessingTime();
    Episode known = episodes.get(key);
    Episode episode = known == null ? opened(at) : known;
    episode.sinceMillis = Math.min(episode.sinceMillis, at);
    episode.untilMillis = Math.max(episode.untilMillis, at);
    episode.messages++;
    episode.held += verdict.outcome() == Outcome.HOLD ? 1 : 0;
    episode.blocked += verdict.outcome() == Outcome.BLOCK ? 1 : 0;
    episode.frozen = heard.frozen();
    episode.findings = StrongestFindings.with(episode.findings, finding);
    if (sample.isPresent() && episode.samples.size() < Alert.MAX_DETAILS) {
      episode.samples.add(WireJson.text(sample.get()));
    }
    if (known == null) {
      tell(AlertType.FIRST, verdict.customerId(), key, episode, context, out);
      episode.nextMillis = Long.MAX_VALUE;
    }
    // Also when a customer stopped by hand is let go: no digest waits for tomorrow then.
    long next = now + intervalOf(episode);
    if (next < episode.nextMillis) {
      episode.nextMillis = next;
      timers.registerProcessingTimeTimer(next);
    }
    episodes.put(key, episode);
  }

  private static Episode opened(long at) {
    Episode episode = new Episode();
    episode.startMillis = at;
    episode.sinceMillis = at;
    episode.untilMillis = at;
    return episode;
  }

  private long intervalOf(Episode episode) {
    return episode.frozen ? FROZEN_INTERVAL_MILLIS : intervalMillis;
  }

  private static void tell(
      AlertType type,
      String customerId,
      String key,
      Episode episode,
      Context context,
      Collector<Raised> out) {
    long now = context.timerService().currentProcessingTime();
    Raised raised = EpisodeNews.of(type, customerId, key, episode, now);
    if (key.startsWith(EpisodeNews.JUDGE_ONLY)) {
      // No customer has mail of it, so it waits for nobody.
      byte[] recordKey = customerId.getBytes(StandardCharsets.UTF_8);
      context.output(
          AlertPipeline.BESIDE, Outgoing.to(Topics.VAKT_ALERTS, recordKey, raised.forStaff, 0));
    } else {
      out.collect(raised);
    }
    episode.toldMessages = episode.messages;
    episode.samples = new ArrayList<>();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Raised> out)
      throws Exception {
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    List<String> due = new ArrayList<>();
    for (Map.Entry<String, Episode> entry : episodes.entries()) {
      if (entry.getValue().nextMillis <= timestamp) {
        due.add(entry.getKey());
      }
    }
    for (String key : due.stream().sorted().toList()) {
      look(key, timestamp, context, out);
    }
    boolean isLate = now - timestamp >= DAY_MILLIS;
    if (seen.clearIfNeedless(timestamp, isLate ? now + DAY_MILLIS : timestamp)) {
      timers.registerProcessingTimeTimer(now + DAY_MILLIS);
    }
  }

  private void look(String key, long timestamp, OnTimerContext context, Collector<Raised> out)
      throws Exception {
    String customerId = context.getCurrentKey();
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    Episode episode = episodes.get(key);
    long interval = intervalOf(episode);
    boolean isLate = now - timestamp >= interval;
    if (episode.messages > episode.toldMessages) {
      episode.digests++;
      tell(AlertType.DIGEST, customerId, key, episode, context, out);
    } else if (!isLate) {
      tell(AlertType.ALL_CLEAR, customerId, key, episode, context, out);
      episodes.remove(key);
      return;
    }
    // On the grid that began with the first alert, past whatever was slept through.
    long missed = Math.max(0, now - timestamp) / interval;
    episode.nextMillis = timestamp + (missed + 1) * interval;
    timers.registerProcessingTimeTimer(episode.nextMillis);
    episodes.put(key, episode);
  }
}
