package no.front.vakt.verdictapi.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A body read as it arrives, so that no thread waits for callers nobody knows yet. One that is too
 * large is dropped, sixteen times as much at most.
 */
public final class AsyncBody implements ReadListener {
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int MOST_DROPPED = 16;

  private final AsyncContext async;
  private final ServletInputStream in;
  private final int most;
  private final Consumer<byte[]> whole;
  private final Runnable tooLarge;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final AtomicBoolean told = new AtomicBoolean();
  private long total;

  private AsyncBody(
      AsyncContext async,
      ServletInputStream in,
      int most,
      Consumer<byte[]> whole,
      Runnable tooLarge) {
    this.async = async;
    this.in = in;
    this.most = most;
    this.whole = whole;
    this.tooLarge = tooLarge;
  }

  /**
   * Reads a body of at most so many bytes; the request is asynchronous already.
   *
   * @param whole takes it
   * @param tooLarge is told instead when there is more
   */
  public static void read(
      HttpServletRequest request,
      AsyncContext async,
      int most,
      Consumer<byte[]> whole,
      Runnable tooLarge)
      throws IOException {
    ServletInputStream in = request.getInputStream();
    in.setReadListener(new AsyncBody(async, in, most, whole, tooLarge));
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!told.get() && in.isReady() && !in.isFinished()) {
      int length = in.read(buffer);
      if (length < 0) {
        return;
      }
      total += length;
      if (total <= most) {
        read.write(buffer, 0, length);
      } else if (total > (long) most * MOST_DROPPED) {
        tell();
      }
    }
  }

  @Override
  public void onAllDataRead() {
    tell();
  }

  private void tell() {
    if (!told.compareAndSet(false, true)) {
      return;
    }
    if (total > most) {
      tooLarge.run();
    } else {
      whole.accept(read.toByteArray());
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (told.compareAndSet(false, true)) {
      async.complete();
    }
  }
}
