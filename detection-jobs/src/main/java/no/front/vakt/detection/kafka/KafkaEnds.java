package no.front.vakt.detection.kafka;

import java.time.Duration;
import java.util.Properties;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sources and sink of a job on Kafka. At-least-once, everything sent at once: a record waits for no
 * checkpoint and no transaction (design decision 4).
 */
public final class KafkaEnds {
  /** A partition without records for this long holds back no watermark. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final KafkaConnection connection;
  private final String groupId;

  /**
   * Ends on one broker.
   *
   * @param groupId under which read positions are shown; checkpoints decide where reading goes on
   */
  public KafkaEnds(KafkaConnection connection, String groupId) {
    this.connection = connection;
    this.groupId = groupId;
  }

  /** Messages as the door took them, log time as event time. */
  public DataStream<RawSubmission> submissions(StreamExecutionEnvironment env, String uid) {
    return env.fromSource(
            source(Topics.SMS_SUBMITTED, new SubmissionRecords()),
            WatermarkStrategy.<RawSubmission>forMonotonousTimestamps().withIdleness(IDLE),
            "messages as the door took them")
        .uid(uid);
  }

  /** The records of a topic, log time as event time. */
  public DataStream<RawRecord> records(
      StreamExecutionEnvironment env, Topics topic, String name, String uid) {
    return env.fromSource(
            source(topic, new RawRecords(topic)),
            WatermarkStrategy.<RawRecord>forMonotonousTimestamps().withIdleness(IDLE),
            name)
        .uid(uid);
  }

  /** The records of a topic of one partition, holding back no watermark. */
  public DataStream<RawRecord> timelessRecords(
      StreamExecutionEnvironment env, Topics topic, String name, String uid) {
    return env.fromSource(
            source(topic, new RawRecords(topic)),
            WatermarkStrategy.forGenerator(context -> new AlwaysLatest<RawRecord>()),
            name)
        .uid(uid)
        .setParallelism(1);
  }

  private <T> KafkaSource<T> source(Topics topic, KafkaRecordDeserializationSchema<T> records) {
    Properties properties = connection.properties();
    // Short fetch waits: a record is handed over when it is there.
    properties.put("fetch.min.bytes", "1");
    return KafkaSource.<T>builder()
        .setProperties(properties)
        .setTopics(topic.topicName())
        .setGroupId(groupId + "-" + topic.topicName())
        .setClientIdPrefix(groupId + "-" + topic.topicName())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(records)
        .setProperty("partition.discovery.interval.ms", "60000")
        .build();
  }

  /** Writes everything, each record to the topic it names. */
  public void write(DataStream<Outgoing> outgoing, String name, String uid) {
    Properties properties = connection.properties();
    properties.put("linger.ms", "0");
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("compression.type", "none");
    properties.put("delivery.timeout.ms", "120000");
    outgoing
        .sinkTo(
            KafkaSink.<Outgoing>builder()
                .setBootstrapServers(connection.bootstrapServers())
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new OutgoingRecords())
                .build())
        .name(name)
        .uid(uid);
  }

  /** Says at once that nothing is to be waited for on this input. */
  private static final class AlwaysLatest<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(new Watermark(Long.MAX_VALUE - 1));
    }
  }
}
