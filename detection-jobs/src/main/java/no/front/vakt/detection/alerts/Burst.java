package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.AlertChoice;
import org.jspecify.annotations.Nullable;

/** A time in which many customers had a first alert at once. A Flink POJO. */
public final class Burst {
  /** Id of the alert that told staff; its first digits are the reference they decide by. */
  public String id = "";

  /** When it began, wall clock, epoch milliseconds. */
  public long openedMillis;

  /** Whether first alerts still go into it. */
  public boolean open = true;

  /** What staff decided, if they have. */
  public @Nullable AlertChoice decision;

  /** Customers whose mails had gone out before it was one. */
  public List<String> alreadyTold = new ArrayList<>();

  /** First alerts in it, those included. */
  public long firsts;

  /** How many of their messages were held. */
  public long held;

  /** How many of their messages were blocked. */
  public long blocked;

  /** When the oldest of what they tell began, epoch milliseconds. */
  public long sinceMillis;

  /** When the newest of what they tell happened, epoch milliseconds. */
  public long untilMillis;

  /** How many wait. */
  public int waiting;

  /** How many found no room to wait. */
  public long dropped;

  /** How often staff were told after the first time. */
  public int updates;

  /** When staff are told next, wall clock, epoch milliseconds; 0: nothing new. */
  public long tellAtMillis;

  /** When staff were told last, wall clock, epoch milliseconds. */
  public long toldMillis;

  /** For Flink. */
  public Burst() {}
}
