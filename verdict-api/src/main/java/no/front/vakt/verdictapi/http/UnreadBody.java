package no.front.vakt.verdictapi.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A refusal that comes before the body was read. The rest of the body is dropped as it arrives, so
 * much and so long at most, and only then the caller is told: clients that send a large body over
 * HTTP/2 do not look at an answer before they are done. No thread waits for what trickles in.
 */
final class UnreadBody implements ReadListener, AsyncListener {
  /** As much again as the largest body that is taken by default. */
  private static final long MOST_DROPPED_BYTES = 8 * 1024 * 1024;

  private static final long LONGEST_MILLIS = 5_000;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final AsyncContext async;
  private final ServletInputStream in;
  private final HttpServletResponse response;
  private final Problem problem;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final AtomicBoolean told = new AtomicBoolean();
  private long dropped;

  private UnreadBody(
      AsyncContext async, ServletInputStream in, HttpServletResponse response, Problem problem) {
    this.async = async;
    this.in = in;
    this.response = response;
    this.problem = problem;
  }

  static void dropThenRefuse(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    AsyncContext async = request.startAsync();
    async.setTimeout(LONGEST_MILLIS);
    ServletInputStream in = request.getInputStream();
    UnreadBody body = new UnreadBody(async, in, response, problem);
    async.addListener(body);
    in.setReadListener(body);
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (in.isReady() && !in.isFinished()) {
      int read = in.read(buffer);
      if (read < 0) {
        return;
      }
      dropped += read;
      if (dropped > MOST_DROPPED_BYTES) {
        tell();
        return;
      }
    }
  }

  @Override
  public void onAllDataRead() throws IOException {
    tell();
  }

  private void tell() throws IOException {
    if (told.compareAndSet(false, true)) {
      try {
        Exchange.refuse(response, problem);
      } finally {
        async.complete();
      }
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    tell();
  }

  @Override
  public void onError(Throwable failure) {
    if (told.compareAndSet(false, true)) {
      async.complete();
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    // told by the other one
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // nothing is kept
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // happens once
  }
}
