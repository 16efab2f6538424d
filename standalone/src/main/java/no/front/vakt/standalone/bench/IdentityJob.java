package no.front.vakt.standalone.bench;

import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KeySource;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawSubmission;
import no.front.vakt.detection.kafka.KafkaEnds;
import no.front.vakt.detection.scoring.RulingOutputs;
import no.front.vakt.detection.scoring.ScoringJob;
import no.front.vakt.rules.verdict.Ruling;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * The job ScoringJob is measured against: from the same source it parses, opens and seals again,
 * and writes an ALLOW with no findings to the same topics through the same sink. It judges nothing,
 * keeps nothing and moves nothing between tasks.
 */
final class IdentityJob {
  private IdentityJob() {}

  static void define(StreamExecutionEnvironment env, JobSettings settings) {
    env.configure(ScoringJob.configuration(settings));
    env.setParallelism(settings.parallelism());
    KafkaEnds ends = new KafkaEnds(settings.kafka(), ScoringJob.NAME);
    ends.write(
        ends.submissions(env, "submissions")
            .flatMap(new AllowEverything(KeySource.directory(settings.keys())))
            .returns(TypeInformation.of(Outgoing.class))
            .name("allow everything")
            .uid("identity"),
        "verdicts and answers",
        "outgoing");
  }

  private static final class AllowEverything extends RichFlatMapFunction<RawSubmission, Outgoing> {
    private final KeySource keySource;
    private final RulingOutputs outputs = new RulingOutputs.ToTopics();
    private transient Sealing sealing;

    private AllowEverything(KeySource keySource) {
      this.keySource = keySource;
    }

    @Override
    public void open(OpenContext context) {
      KeyRing keys = keySource.keys();
      sealing = keys.sealing();
    }

    @Override
    public void flatMap(RawSubmission raw, Collector<Outgoing> out) {
      Submission message = WireJson.read(raw.value, SealedSubmission.class).open(sealing);
      raw.value = WireJson.bytes(SealedSubmission.seal(message, sealing));
      Verdict verdict =
          new Verdict(
              message.customerId(),
              message.messageId(),
              Outcome.ALLOW,
              0,
              Instant.ofEpochMilli(raw.logMillis),
              0,
              0,
              "identity",
              List.of());
      outputs.write(new Ruling(Ruling.Kind.JUDGED, verdict), raw, out::collect);
    }
  }
}
