package no.front.vakt.standalone.policyfiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of JSON policy files, watched: a changed file becomes the customer's next version in
 * the rule book, with {@value #AUTHOR} as its author; a removed file ends the customer's policy. A
 * file that cannot be used leaves the last good version in force and is told of once.
 *
 * <p>It looks four times a second and takes a file once it has stood unchanged from one look to the
 * next, so that a file being saved is not half-read. A file says something new only when it differs
 * from the last version this author wrote: what somebody else has put in force since stays, until
 * the file changes. Only a policy whose newest version is this author's is ended with its file, and
 * a directory that cannot be listed ends nothing. While the rule book is away nothing is forgotten:
 * it is tried again at every look.
 */
public final class PolicyDirectory implements AutoCloseable {
  /** Whom the rule book names as author of what comes from files. */
  public static final String AUTHOR = "policy-directory";

  private static final Logger LOG = LoggerFactory.getLogger(PolicyDirectory.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** Looks for which a file must stay broken, or away, before that is believed: about a second. */
  private static final int LOOKS_OF_PATIENCE = 4;

  /** How a file looks from outside; when it has not changed, neither has the file. */
  private record Look(Instant modified, long size, @Nullable Object fileKey) {}

  /** What is known of one file. */
  private static final class Seen {
    Look look;
    int unchangedLooks;
    int looksAway;
    @Nullable Policy policy;
    boolean isTaken;
    boolean isKept;
    @Nullable String problem;

    Seen(Look look) {
      this.look = look;
    }
  }

  private final Path directory;
  private final PolicyShelf shelf;
  private final Clock clock;
  private final Consumer<String> notices;
  private final Map<Path, Seen> files = new TreeMap<>();

  /** What was last told of each file, and of the directory itself. */
  private final Map<Path, String> told = new HashMap<>();

  /** Whose files have come or gone since the missing ones were last looked for. */
  private boolean mustLookForMissing = true;

  private boolean isShelfAway;

  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "policy-directory"));

  private PolicyDirectory(
      Path directory, PolicyShelf shelf, Clock clock, Consumer<String> notices) {
    this.directory = directory;
    this.shelf = shelf;
    this.clock = clock;
    this.notices = notices;
  }

  /**
   * Puts into the rule book what is new, then goes on watching.
   *
   * @param notices takes one sentence for each thing a person should know
   */
  public static PolicyDirectory watch(
      Path directory, PolicyShelf shelf, Clock clock, Consumer<String> notices) {
    check(directory);
    var watching = new PolicyDirectory(directory, shelf, clock, notices);
    watching.look(true);
    long pause = BETWEEN_LOOKS.toMillis();
    watching.looks.scheduleWithFixedDelay(watching::lookAgain, pause, pause, TimeUnit.MILLISECONDS);
    return watching;
  }

  /** Refuses a directory that is missing or that everybody may write to. */
  public static void check(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new Refusal(
          "The policy directory %s is missing: make it, or choose another with policies.directory."
              .formatted(directory));
    }
    checkWriters(directory);
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
    try {
      keepChanged();
      endMissing();
      if (isShelfAway) {
        isShelfAway = false;
        notices.accept("The rule book is back: what changed in the meantime is in it.");
      }
    } catch (PolicyShelf.Away e) {
      if (!isShelfAway) {
        isShelfAway = true;
        LOG.warn("The rule book cannot be reached: {}", e.getMessage());
        notices.accept(
            "The rule book cannot be reached: the policies in force stay, and changed files are"
                + " taken when it is back.");
      }
    }
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
            seen.isKept = false;
          }
          if (isFirst) {
            seen.unchangedLooks = LOOKS_OF_PATIENCE;
          }
          if (!seen.isTaken && seen.unchangedLooks > 0) {
            take(path, seen);
          }
        });
    files.forEach((path, seen) -> seen.looksAway += now.containsKey(path) ? 0 : 1);
    mustLookForMissing |= files.values().removeIf(seen -> seen.looksAway >= LOOKS_OF_PATIENCE);
    told.keySet().removeIf(path -> !path.equals(directory) && !files.containsKey(path));
  }

  private void take(Path path, Seen seen) {
    try {
      var before = seen.policy;
      seen.policy = PolicyOnDisk.read(path);
      mustLookForMissing |= before == null || !before.customerId().equals(seen.policy.customerId());
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

  private void keepChanged() {
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
            paths.forEach(path -> Objects.requireNonNull(files.get(path)).isKept = false);
            tell(
                paths.get(0),
                "%s and %s: both are about customer %s; its policy stays as it is."
                    .formatted(paths.get(0).getFileName(), paths.get(1).getFileName(), customerId));
          } else if (!seen.isKept && seen.isTaken && seen.problem == null && seen.policy != null) {
            keep(paths.get(0), seen.policy);
            seen.isKept = true;
          }
        });
  }

  private void keep(Path path, Policy wanted) {
    var before = shelf.newestBy(wanted.customerId(), AUTHOR).orElse(null);
    told.remove(path);
    if (before != null && !before.removed() && saysTheSame(before, wanted)) {
      return;
    }
    var file = path.getFileName().toString();
    try {
      long version = shelf.put(wanted, AUTHOR, file);
      notices.accept(
          "%s is version %d of customer %s, in force in about a second."
              .formatted(file, version, wanted.customerId()));
    } catch (InvalidRecordException e) {
      tell(path, "%s: %s; the policy stays as it is.".formatted(file, e.getMessage()));
    }
  }

  private void endMissing() {
    if (!mustLookForMissing) {
      return;
    }
    var held = new HashSet<String>();
    for (var seen : files.values()) {
      if (seen.policy == null) {
        // Whose policy an unreadable file holds nobody can tell, so nobody's is ended.
        return;
      }
      held.add(seen.policy.customerId());
    }
    for (var customerId : shelf.customersOf(AUTHOR)) {
      if (!held.contains(customerId)) {
        long version = shelf.remove(customerId, AUTHOR, "its file is gone");
        notices.accept(
            "Customer %s has no policy file any more: its own policy ends with version %d."
                .formatted(customerId, version));
      }
    }
    mustLookForMissing = false;
  }

  private void tell(Path about, String problem) {
    if (!problem.equals(told.put(about, problem))) {
      notices.accept(problem);
    }
  }

  private boolean saysTheSame(Policy before, Policy wanted) {
    var from = wanted.effectiveFrom();
    return WireJson.text(before.published(0, null)).equals(WireJson.text(wanted.published(0, null)))
        && (from == null || from.equals(before.effectiveFrom()) || !from.isAfter(clock.instant()));
  }
}
