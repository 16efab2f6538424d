package no.front.vakt.detection.delivery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.Outgoing;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A sink whose records the test reads; one name a test, since cluster and test share a process. */
final class Delivered implements Sink<Outgoing> {
  private static final Map<String, List<Outgoing>> BY_NAME = new ConcurrentHashMap<>();

  private static final Set<String> FAILING = ConcurrentHashMap.newKeySet();

  private final String name;

  Delivered(String name) {
    this.name = name;
    BY_NAME.put(name, new CopyOnWriteArrayList<>());
  }

  List<Outgoing> all() {
    return BY_NAME.get(name);
  }

  /** Fails at the next order, as a broker does that is away for a moment. */
  void failOnce() {
    FAILING.add(name);
  }

  boolean hasFailed() {
    return !FAILING.contains(name);
  }

  @Override
  public SinkWriter<Outgoing> createWriter(WriterInitContext context) {
    List<Outgoing> records = BY_NAME.get(name);
    return new SinkWriter<>() {
      @Override
      public void write(Outgoing outgoing, Context element) {
        if (outgoing.topic == Topics.SMS_DELIVERY && FAILING.remove(name)) {
          throw new IllegalStateException("The sink is away");
        }
        records.add(Outgoing.to(outgoing.topic, outgoing.key, outgoing.value, outgoing.cause));
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
