package no.front.vakt.detection.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;

/** A directory with the files of one replay, and the replay itself. */
final class ReplayFiles {
  static final Instant NOON = SampleMessages.NOON;
  static final String CLUB = "club";

  private final Path directory;
  private @Nullable Path policies;
  private @Nullable Path warmUp;

  ReplayFiles(Path directory) {
    this.directory = directory;
  }

  Path in() {
    return directory.resolve("in.jsonl");
  }

  Path out() {
    return directory.resolve("out.jsonl");
  }

  static Submission message(String id, long millisAfterNoon) {
    return SampleMessages.message(CLUB, id, NOON.plusMillis(millisAfterNoon));
  }

  static String line(Submission message) {
    return WireJson.text(message);
  }

  ReplayFiles in(String content) throws IOException {
    Files.writeString(in(), content);
    return this;
  }

  ReplayFiles in(List<Submission> messages) throws IOException {
    return in(lines(messages));
  }

  ReplayFiles warmUp(List<Submission> messages) throws IOException {
    warmUp = directory.resolve("warm-up.jsonl");
    Files.writeString(warmUp, lines(messages));
    return this;
  }

  ReplayFiles policies(String content) throws IOException {
    policies = directory.resolve("policies.json");
    Files.writeString(policies, content);
    return this;
  }

  private static String lines(List<Submission> messages) {
    StringBuilder lines = new StringBuilder();
    messages.forEach(message -> lines.append(line(message)).append('\n'));
    return lines.toString();
  }

  Replay.Result run(int parallelism) throws ReplayException {
    return run(in(), out(), parallelism);
  }

  Replay.Result run(Path in, Path out, int parallelism) throws ReplayException {
    return Replay.run(
        new ReplayRequest(policies, warmUp, in, out, parallelism), new ReplayProgress());
  }

  /** Judges and reads what was written. */
  List<Verdict> judge() throws IOException, ReplayException {
    run(1);
    return verdicts();
  }

  List<Verdict> verdicts() throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    for (String line : Files.readAllLines(out(), StandardCharsets.UTF_8)) {
      verdicts.add(WireJson.read(line, Verdict.class));
    }
    return verdicts;
  }

  /** Everything in the directory, hidden too. */
  List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
