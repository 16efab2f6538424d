package no.front.vakt.standalone.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.testdata.traffic.TrafficGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A log filled before anybody reads it, each record stamped with its message's own time. */
final class SubmittedLog {
  private final Map<String, String> connection;

  SubmittedLog(Map<String, String> connection) {
    this.connection = connection;
  }

  /**
   * Fills {@code sms.submitted}. For this the topic takes the writer's stamps, so that minutes of
   * traffic written in seconds are judged at their own time.
   */
  void fill(TrafficGenerator traffic, long messages, Sealing sealing) {
    takeWritersStamps();
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("linger.ms", "20");
    settings.put("batch.size", "131072");
    RecordHeader reply =
        new RecordHeader(Headers.REPLY_PARTITION, "1".getBytes(StandardCharsets.UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < messages; i++) {
        Submission message = traffic.message(i);
        producer.send(
            new ProducerRecord<>(
                Topics.SMS_SUBMITTED.topicName(),
                null,
                message.submittedAt().toEpochMilli(),
                message.customerId().getBytes(StandardCharsets.UTF_8),
                WireJson.bytes(SealedSubmission.seal(message, sealing)),
                List.of(reply)));
      }
    }
  }

  private void takeWritersStamps() {
    try (Admin admin = Admin.create(new HashMap<>(connection))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, Topics.SMS_SUBMITTED.topicName()),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("message.timestamp.type", "CreateTime"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("The log could not be prepared", e);
    }
  }

  /** How fast a job works the log off. */
  record Pace(double perSecond, double cpuMicrosEach) {}

  /** Waits until a verdict stands for every message and tells how fast they came. */
  Pace awaitVerdicts(long messages) {
    var cpu =
        (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    long firstSeen = 0;
    long firstNanos = 0;
    long firstCpu = 0;
    try (Admin admin = Admin.create(new HashMap<>(connection))) {
      while (System.nanoTime() < deadline) {
        long now = verdicts(admin);
        if (firstSeen == 0 && now > messages / 20) {
          firstSeen = now;
          firstNanos = System.nanoTime();
          firstCpu = cpu.getProcessCpuTime();
        }
        if (now >= messages) {
          double seconds = (System.nanoTime() - firstNanos) / 1e9;
          double cpuMicros = (cpu.getProcessCpuTime() - firstCpu) / 1e3;
          long counted = now - firstSeen;
          return new Pace(counted / seconds, cpuMicros / counted);
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("The log could not be watched", e);
    }
    throw new IllegalStateException("The job did not work the log off within five minutes");
  }

  private static long verdicts(Admin admin) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, Topics.SMS_VERDICTS.partitions())
            .mapToObj(p -> new TopicPartition(Topics.SMS_VERDICTS.topicName(), p))
            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  /** The generator of the bench: 10,000 customers at 0.1 messages a second each. */
  static TrafficGenerator tenThousandCustomers(long messages) {
    double perSecond = Bench.CUSTOMERS * Bench.PER_CUSTOMER_AND_SECOND;
    Instant start = Instant.now().minusSeconds((long) (messages / perSecond));
    return new TrafficGenerator(1, Bench.CUSTOMERS, 500, perSecond, start);
  }
}
