package no.front.vakt.standalone.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.up.PolicyTopic.PublishingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of JSON policy files, watched and published: a changed file becomes the customer's
 * next version, a removed file a record {@code removed: true}. A file that cannot be used leaves
 * the last good version in force and is told of once.
 *
 * <p>It looks four times a second and takes a file once it has stood unchanged from one look to the
 * next, so that a file being saved is not half-read. Only what this publisher published is ever
 * taken back by it, and a directory that cannot be listed takes nothing back.
 */
public final class PolicyDirectory implements AutoCloseable {
  static final String PUBLISHER = "policy-directory";

  private static final Logger LOG = LoggerFactory.getLogger(PolicyDirectory.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** Looks for which a file must stay broken, or away, before that is believed: about a second. */
  private static final int LOOKS_OF_PATIENCE = 4;

  /**
   * Far enough ahead that every reader has the version before the first message it judges (design
   * decision 5).
   */
  static final Duration AHEAD = Duration.ofSeconds(1);

  /** How a file looks from outside; when it has not changed, neither has the file. */
  private record Look(Instant modified, long size, @Nullable Object fileKey) {}

  /** What is known of one file. */
  private static final class Seen {
    Look look;
    int unchangedLooks;
    int looksAway;
    @Nullable Policy policy;
    boolean isTaken;
    @Nullable String problem;

    Seen(Look look) {
      this.look = look;
    }
  }

  private final Path directory;
  private final PolicyTopic topic;
  private final Clock clock;
  private final Consumer<String> notices;
  private final Map<Path, Seen> files = new TreeMap<>();

  /** What was last told of each file, and of the directory itself. */
  private final Map<Path, String> told = new HashMap<>();

  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "policy-directory"));

  /** A directory that is not looked at yet. */
  PolicyDirectory(Path directory, PolicyTopic topic, Clock clock, Consumer<String> notices) {
    this.directory = directory;
    this.topic = topic;
    this.clock = clock;
    this.notices = notices;
  }

  /**
   * Publishes what differs from the topic, then goes on watching.
   *
   * @param notices takes one sentence for each thing a person should know
   */
  public static PolicyDirectory watch(
      Path directory,
      Map<String, String> connection,
      Sealing sealing,
      Clock clock,
      Consumer<String> notices) {
    if (!Files.isDirectory(directory)) {
      throw new Refusal(
          "The policy directory %s is missing: make it, or choose another with policies.directory."
              .formatted(directory));
    }
    checkWriters(directory);
    var topic = new PolicyTopic(connection, PUBLISHER, sealing);
    var watching = new PolicyDirectory(directory, topic, clock, notices);
    watching.look(true);
    long pause = BETWEEN_LOOKS.toMillis();
    watching.looks.scheduleWithFixedDelay(watching::lookAgain, pause, pause, TimeUnit.MILLISECONDS);
    return watching;
  }

  private static void checkWriters(Path directory) {
    try {
      if (Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new Refusal(
            "Everybody may write to the policy directory %s, and whoever may is the judge: take that right away (chmod o-w)."
                .formatted(directory));
      }
    } catch (IOException e) {
      throw new Refusal("%s cannot be looked at: %s.".formatted(directory, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    looks.shutdown();
    try {
      looks.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    topic.close();
  }

  private void lookAgain() {
    try {
      look(false);
    } catch (RuntimeException e) {
      LOG.warn("The policy directory could not be looked at; trying again.", e);
    }
  }

  /** One look at the directory. The first one finds files at rest and believes them at once. */
  void look(boolean isFirst) {
    Map<Path, Look> now;
    try {
      now = list();
    } catch (IOException e) {
      tell(
          directory, directory.getFileName() + " cannot be listed; the policies stay as they are.");
      return;
    }
    told.remove(directory);
    note(now, isFirst);
    publishChanged();
    removeMissing();
  }

  private Map<Path, Look> list() throws IOException {
    var found = new HashMap<Path, Look>();
    try (var paths = Files.list(directory)) {
      for (var path : paths.filter(PolicyDirectory::isPolicyFile).toList()) {
        try {
          var attributes = Files.readAttributes(path, BasicFileAttributes.class);
          if (attributes.isRegularFile()) {
            found.put(
                path,
                new Look(
                    attributes.lastModifiedTime().toInstant(),
                    attributes.size(),
                    attributes.fileKey()));
          }
        } catch (IOException e) {
          continue; // went between listing and looking, or leads nowhere
        }
      }
    }
    return found;
  }

  private static boolean isPolicyFile(Path path) {
    var name = path.getFileName().toString();
    return name.endsWith(".json") && !name.startsWith(".");
  }

  private void note(Map<Path, Look> now, boolean isFirst) {
    now.forEach(
        (path, look) -> {
          var seen = files.computeIfAbsent(path, p -> new Seen(look));
          seen.looksAway = 0;
          if (seen.look.equals(look)) {
            seen.unchangedLooks++;
          } else {
            seen.look = look;
            seen.unchangedLooks = 0;
            seen.isTaken = false;
          }
          if (isFirst) {
            seen.unchangedLooks = LOOKS_OF_PATIENCE;
          }
          if (!seen.isTaken && seen.unchangedLooks > 0) {
            take(path, seen);
          }
        });
    files.forEach((path, seen) -> seen.looksAway += now.containsKey(path) ? 0 : 1);
    files.values().removeIf(seen -> seen.looksAway >= LOOKS_OF_PATIENCE);
    told.keySet().removeIf(path -> !path.equals(directory) && !files.containsKey(path));
  }

  private void take(Path path, Seen seen) {
    try {
      seen.policy = PolicyOnDisk.read(path);
      if (seen.problem != null) {
        told.remove(path, seen.problem);
        seen.problem = null;
      }
      seen.isTaken = true;
    } catch (PolicyOnDisk.Problem | RuntimeException e) {
      // Whatever one file holds, the others are looked at.
      seen.problem =
          e instanceof PolicyOnDisk.Problem
              ? e.getMessage()
              : path.getFileName() + ": cannot be understood.";
      seen.isTaken = seen.unchangedLooks >= LOOKS_OF_PATIENCE;
      if (seen.isTaken) {
        tell(path, e.getMessage());
      }
    }
  }

  private void publishChanged() {
    var byCustomer = new TreeMap<String, List<Path>>();
    files.forEach(
        (path, seen) -> {
          if (seen.policy != null) {
            byCustomer.computeIfAbsent(seen.policy.customerId(), id -> new ArrayList<>()).add(path);
          }
        });
    byCustomer.forEach(
        (customerId, paths) -> {
          var seen = Objects.requireNonNull(files.get(paths.get(0)));
          if (paths.size() > 1) {
            tell(
                paths.get(0),
                "%s and %s: both are about customer %s; its policy stays as it is."
                    .formatted(paths.get(0).getFileName(), paths.get(1).getFileName(), customerId));
          } else if (seen.isTaken && seen.problem == null && seen.policy != null) {
            publishIfChanged(paths.get(0), seen.policy);
          }
        });
  }

  private void publishIfChanged(Path path, Policy wanted) {
    var standing = topic.find(wanted.customerId()).orElse(null);
    if (standing != null
        && !standing.publisher().equals(PUBLISHER)
        && !standing.policy().removed()) {
      tell(
          path,
          "%s: the policy of customer %s is kept elsewhere."
              .formatted(path.getFileName(), wanted.customerId()));
      return;
    }
    var soonest = clock.instant().plus(AHEAD).truncatedTo(ChronoUnit.MILLIS);
    var asked = wanted.effectiveFrom();
    boolean isForLater = asked != null && asked.isAfter(soonest);
    told.remove(path);
    if (standing != null
        && !topic.uncertain().contains(wanted.customerId())
        && sameContent(standing.policy(), wanted)
        && !(isForLater && !Objects.equals(asked, standing.policy().effectiveFrom()))) {
      return;
    }
    long next = topic.nextVersion(wanted.customerId());
    try {
      publish(
          path.getFileName().toString(),
          wanted.published(Math.max(next, wanted.version()), isForLater ? asked : soonest));
    } catch (InvalidRecordException e) {
      tell(
          path, "%s: %s; the policy stays as it is.".formatted(path.getFileName(), e.getMessage()));
    }
  }

  private void removeMissing() {
    var held = new HashSet<String>();
    for (var seen : files.values()) {
      if (seen.policy != null) {
        held.add(seen.policy.customerId());
      } else {
        // Whose policy an unreadable file holds nobody can tell, so nobody's is taken back.
        return;
      }
    }
    var ours = new TreeSet<>(topic.uncertain());
    topic
        .all()
        .forEach(
            (customerId, standing) -> {
              if (standing.publisher().equals(PUBLISHER) && !standing.policy().removed()) {
                ours.add(customerId);
              }
            });
    ours.removeAll(held);
    for (var customerId : ours) {
      var from = clock.instant().plus(AHEAD).truncatedTo(ChronoUnit.MILLIS);
      publish("No file", Policy.removal(customerId, topic.nextVersion(customerId), from));
    }
  }

  private void publish(String source, Policy policy) {
    try {
      topic.publish(policy);
      notices.accept(
          policy.removed()
              ? "Customer %s has no policy file any more: its own policy ends with version %d."
                  .formatted(policy.customerId(), policy.version())
              : "%s is published as version %d of customer %s, in force from %s."
                  .formatted(
                      source, policy.version(), policy.customerId(), policy.effectiveFrom()));
    } catch (PublishingException e) {
      LOG.warn(
          "The policy of a customer could not be published; trying again with the next version.",
          e);
    }
  }

  private void tell(Path about, String problem) {
    if (!problem.equals(told.put(about, problem))) {
      notices.accept(problem);
    }
  }

  private static boolean sameContent(Policy left, Policy right) {
    return WireJson.text(left.published(0, null)).equals(WireJson.text(right.published(0, null)));
  }
}
