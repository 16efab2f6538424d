package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.List;

/** The refused calls of a customer since its last digest. A Flink POJO. */
public final class AccessBook {
  /** The door's id of the first of them; part of the digest's id. */
  public String firstAttemptId = "";

  /** When the oldest of them came, epoch milliseconds. */
  public long sinceMillis;

  /** When the newest of them came, epoch milliseconds. */
  public long untilMillis;

  /** How many were refused for their address. */
  public long byNetwork;

  /** How many were refused for their password. */
  public long byPassword;

  /** How many were refused because nothing is set up. */
  public long byNoneSet;

  /** From how many addresses; {@link AccessFunction#MOST_DIGEST_ADDRESSES} means that or more. */
  public int addresses;

  /** The newest, newest first, as JSON. */
  public List<String> newest = new ArrayList<>();

  /** When the digest is due, wall clock, epoch milliseconds; 0: there is nothing to tell. */
  public long digestAtMillis;

  /** What was told at once within a day. */
  public List<ToldCall> told = new ArrayList<>();

  /** For Flink. */
  public AccessBook() {}

  long refused() {
    return byNetwork + byPassword + byNoneSet;
  }
}
