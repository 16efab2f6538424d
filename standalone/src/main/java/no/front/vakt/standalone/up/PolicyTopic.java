package no.front.vakt.standalone.up;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.UnsealException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The policies that stand on {@code vakt.policies}, and the hand that adds to them. Knows the
 * newest version of every customer in plain; contacts are sealed on the topic. One writer at a
 * time; not thread-safe.
 *
 * <p>A version is used once. A policy that the broker did not acknowledge may stand on the topic
 * all the same, and of two records of one version its readers keep the first: so a version that was
 * tried in vain is burnt, and what is tried again gets the next.
 */
final class PolicyTopic implements AutoCloseable {
  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.VAKT_POLICIES.topicName(), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Longer than the producer's own: what it has given up is then not sent behind our back. */
  private static final Duration LONGEST_WAIT = PATIENCE.plusSeconds(5);

  /** Contacts belong to a customer, not to one of its messages. */
  private static final String NO_MESSAGE = "";

  /** The newest record of a customer. */
  record Standing(Policy policy, String publisher) {}

  private final String publisher;
  private final Sealing sealing;
  private final Producer<String, byte[]> producer;
  private final Map<String, Standing> standing = new HashMap<>();

  /** The highest version of each customer that was sent, whatever became of it. */
  private final Map<String, Long> tried = new HashMap<>();

  /** Reads the topic to its end. */
  PolicyTopic(Map<String, String> connection, String publisher, Sealing sealing) {
    this(publisher, sealing, producer(connection));
    try {
      readToTheEnd(connection);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A topic that nothing stands on yet. */
  PolicyTopic(String publisher, Sealing sealing, Producer<String, byte[]> producer) {
    this.publisher = publisher;
    this.sealing = sealing;
    this.producer = producer;
  }

  private static Producer<String, byte[]> producer(Map<String, String> connection) {
    var settings = new HashMap<String, Object>(connection);
    settings.put("acks", "all");
    settings.put("linger.ms", "0");
    settings.put("compression.type", "none");
    settings.put("delivery.timeout.ms", String.valueOf(PATIENCE.toMillis()));
    settings.put("request.timeout.ms", "10000");
    settings.put("max.block.ms", "10000");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  Optional<Standing> find(String customerId) {
    return Optional.ofNullable(standing.get(customerId));
  }

  Map<String, Standing> all() {
    return Map.copyOf(standing);
  }

  /** The version that a customer's next policy gets, at least. */
  long nextVersion(String customerId) {
    var newest = standing.get(customerId);
    return 1
        + Math.max(
            newest == null ? 0 : newest.policy().version(), tried.getOrDefault(customerId, 0L));
  }

  /** Customers of whom something newer than what stands here may be on the topic. */
  Set<String> uncertain() {
    var customers = new TreeSet<String>();
    tried.forEach(
        (customerId, version) -> {
          var newest = standing.get(customerId);
          if (newest == null || newest.policy().version() < version) {
            customers.add(customerId);
          }
        });
    return customers;
  }

  /** Publishes and returns when the broker has it. */
  void publish(Policy policy) throws PublishingException {
    var value = WireJson.bytes(sealed(policy));
    if (value.length > Policy.MAX_BYTES) {
      throw new InvalidRecordException(
          "",
          "is larger than %d KiB once its contacts are sealed".formatted(Policy.MAX_BYTES / 1024));
    }
    var record =
        new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), policy.customerId(), value);
    record.headers().add(Headers.PUBLISHED_BY, publisher.getBytes(StandardCharsets.UTF_8));
    tried.merge(policy.customerId(), policy.version(), Math::max);
    try {
      producer.send(record).get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new PublishingException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishingException(e);
    }
    standing.put(policy.customerId(), new Standing(policy, publisher));
  }

  /** The broker did not take a policy; it may stand there all the same. */
  static final class PublishingException extends Exception {
    PublishingException(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }

  private void readToTheEnd(Map<String, String> connection) {
    var settings = new HashMap<String, Object>(connection);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(PARTITION) < end) {
        if (System.nanoTime() > deadline) {
          throw new Refusal(
              "The policies on %s could not be read to their end within %d s."
                  .formatted(PARTITION.topic(), PATIENCE.toSeconds()));
        }
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      var policy = opened(WireJson.read(record.value(), Policy.class));
      var header = record.headers().lastHeader(Headers.PUBLISHED_BY);
      var by = header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
      standing.merge(
          policy.customerId(),
          new Standing(policy, by),
          (old, fresh) -> fresh.policy().version() > old.policy().version() ? fresh : old);
    } catch (InvalidRecordException e) {
      // A record that nobody can read stands for no policy; its readers dead-letter it.
      return;
    }
  }

  private Policy sealed(Policy policy) {
    var identity = new MessageIdentity(policy.customerId(), NO_MESSAGE);
    return withContacts(
        policy,
        contact ->
            new Contact(
                contact.name(),
                sealing.seal(contact.email(), SealedField.CONTACT, identity),
                contact.language()));
  }

  private Policy opened(Policy policy) {
    var identity = new MessageIdentity(policy.customerId(), NO_MESSAGE);
    try {
      return withContacts(
          policy,
          contact ->
              new Contact(
                  contact.name(),
                  sealing.open(contact.email(), SealedField.CONTACT, identity),
                  contact.language()));
    } catch (UnsealException | MissingKeyException e) {
      return policy; // its envelopes differ from any plain address, so the next comparison
      // publishes it anew
    }
  }

  private static Policy withContacts(Policy policy, UnaryOperator<Contact> change) {
    var contacts = policy.contacts();
    if (contacts == null || contacts.isEmpty()) {
      return policy;
    }
    return policy.withContacts(contacts.stream().map(change).toList());
  }
}
