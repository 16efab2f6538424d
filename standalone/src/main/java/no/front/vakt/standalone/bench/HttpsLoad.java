package no.front.vakt.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.outside.KeptConnection;
import no.front.vakt.testdata.traffic.TrafficGenerator;
import org.jspecify.annotations.Nullable;

/** A gateway in a hurry: calls the door over HTTPS, on kept connections, from this process. */
final class HttpsLoad implements AutoCloseable {
  /** A status of our own for a call that had no answer. */
  private static final int NO_ANSWER = 0;

  private static final int DEADLINE_MILLIS = 5_000;

  private final int port;
  private final SSLSocketFactory tls;
  private final String bearer;
  private final TrafficGenerator traffic;
  private final AtomicLong next;
  private final List<Line> lines = new ArrayList<>();

  HttpsLoad(URI door, Path authority, Path bearerKey, TrafficGenerator traffic, long first)
      throws IOException, GeneralSecurityException {
    this.port = door.getPort();
    this.tls = KeptConnection.trusting(authority);
    this.bearer = Files.readString(bearerKey).strip();
    this.traffic = traffic;
    this.next = new AtomicLong(first);
  }

  /** One caller's connection; opened anew when the door has closed it. */
  private final class Line {
    private @Nullable KeptConnection connection;

    private int call() {
      byte[] body = WireJson.bytes(traffic.message(next.getAndIncrement()));
      try {
        if (connection == null) {
          connection = new KeptConnection(tls, port, bearer);
        }
        return connection.post(body, DEADLINE_MILLIS).status();
      } catch (IOException e) {
        hangUp();
        return NO_ANSWER;
      }
    }

    private void hangUp() {
      try {
        if (connection != null) {
          connection.close();
        }
      } catch (IOException e) {
        // It was no connection any more.
        return;
      } finally {
        connection = null;
      }
    }
  }

  /** Makes one call and tells whether it was answered with a verdict. */
  boolean isAnswered() {
    return lines(1).get(0).call() == 200;
  }

  /** That many connections, each of which has made a call. */
  private List<Line> lines(int count) {
    while (lines.size() < count) {
      Line line = new Line();
      line.call();
      lines.add(line);
    }
    return lines.subList(0, count);
  }

  /**
   * What a run measured; latency of verdicts alone, from the moment each call was meant to be made.
   *
   * @param judged answered 200
   * @param refused answered 429
   * @param other anything else, no answer included
   * @param perSecond verdicts a second
   */
  record Measured(
      double p50,
      double p99,
      double p999,
      long judged,
      long refused,
      long other,
      double perSecond) {
    long calls() {
      return judged + refused + other;
    }
  }

  /** Sends at an even pace whatever comes back. */
  Measured openLoop(int connections, double perSecond, int seconds) throws InterruptedException {
    long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
    return run(lines(connections), begin, seconds, slot -> begin + (long) (slot * 1e9 / perSecond));
  }

  /** Sends the next as soon as the last is answered. */
  Measured closedLoop(int connections, int seconds) throws InterruptedException {
    return run(lines(connections), System.nanoTime(), seconds, slot -> System.nanoTime());
  }

  private interface Schedule {
    long intended(long slot);
  }

  private static Measured run(List<Line> lines, long begin, int seconds, Schedule schedule)
      throws InterruptedException {
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    AtomicLong slots = new AtomicLong();
    List<Tally> tallies =
        IntStream.range(0, lines.size()).mapToObj(i -> new Tally()).collect(Collectors.toList());
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      Tally tally = tallies.get(i);
      Thread caller = new Thread(() -> call(line, tally, slots, end, schedule), "caller-" + i);
      caller.setDaemon(true);
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    double took = (System.nanoTime() - begin) / 1e9;
    double[] millis =
        tallies.stream()
            .flatMapToDouble(t -> Arrays.stream(t.millis, 0, t.judged))
            .sorted()
            .toArray();
    return new Measured(
        at(millis, 0.5),
        at(millis, 0.99),
        at(millis, 0.999),
        millis.length,
        tallies.stream().mapToLong(t -> t.refused).sum(),
        tallies.stream().mapToLong(t -> t.other).sum(),
        millis.length / took);
  }

  private static void call(Line line, Tally tally, AtomicLong slots, long end, Schedule schedule) {
    while (true) {
      long intended = schedule.intended(slots.getAndIncrement());
      if (intended >= end || System.nanoTime() >= end) {
        return;
      }
      for (long wait = intended - System.nanoTime(); wait > 0; ) {
        LockSupport.parkNanos(wait);
        wait = intended - System.nanoTime();
      }
      int status = line.call();
      tally.count(status, (System.nanoTime() - intended) / 1e6);
    }
  }

  /** What one caller saw. */
  private static final class Tally {
    private double[] millis = new double[1024];
    private int judged;
    private long refused;
    private long other;

    private void count(int status, double took) {
      if (status == 200) {
        if (judged == millis.length) {
          millis = Arrays.copyOf(millis, judged * 2);
        }
        millis[judged++] = took;
      } else if (status == 429) {
        refused++;
      } else {
        other++;
      }
    }
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  @Override
  public void close() {
    lines.forEach(Line::hangUp);
  }
}
