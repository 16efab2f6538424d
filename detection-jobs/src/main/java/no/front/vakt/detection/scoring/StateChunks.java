package no.front.vakt.detection.scoring;

import no.front.vakt.rules.signal.ChunkStore;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** The current customer's chunks, in keyed state. */
final class StateChunks implements ChunkStore {
  private final MapState<Long, byte[]> state;

  StateChunks(MapState<Long, byte[]> state) {
    this.state = state;
  }

  @Override
  public byte @Nullable [] get(long number) {
    try {
      return state.get(number);
    } catch (Exception e) {
      throw new Failure(e);
    }
  }

  @Override
  public void put(long number, byte[] chunk) {
    try {
      state.put(number, chunk);
    } catch (Exception e) {
      throw new Failure(e);
    }
  }

  @Override
  public void remove(long number) {
    try {
      state.remove(number);
    } catch (Exception e) {
      throw new Failure(e);
    }
  }
}
