package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.List;

/** All that is known of bursts but the mails that wait. A Flink POJO. */
public final class BurstBook {
  /** First alerts within the window, oldest first; no more than the limit and one. */
  public List<RecentFirst> recents = new ArrayList<>();

  /** Bursts that are open or whose mails wait, oldest first. */
  public List<Burst> bursts = new ArrayList<>();

  /** Decisions that came before their burst. */
  public List<EarlyDecision> early = new ArrayList<>();

  /** How many mails wait, over all bursts. */
  public int waiting;

  /** Number of the next mail that waits. */
  public long nextNumber;

  /** When a discarded episode may first be forgotten, wall clock; 0: there is none. */
  public long forgetAtMillis;

  /** For Flink. */
  public BurstBook() {}
}
