package no.front.vakt.standalone.policyfiles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.rulebook.PolicyReader;
import no.front.vakt.rules.policy.PolicyBook;

/**
 * One policy in a JSON file, as a person writes it: {@code version} and {@code effectiveFrom} may
 * be absent.
 */
final class PolicyOnDisk {
  private static final ObjectReader READER = WireJson.mapper().readerFor(Policy.class);

  /** A file is written with room between the lines; what counts is the policy without it. */
  private static final long MAX_FILE_BYTES = 4L * Policy.MAX_BYTES;

  /** What keeps a file from being published, as one sentence that starts with the file's name. */
  static final class Problem extends Exception {
    Problem(Path file, String what) {
      super(file.getFileName() + ": " + what + ".");
    }
  }

  private PolicyOnDisk() {}

  /** Reads a file that can be published as it is. */
  static Policy read(Path file) throws Problem {
    var content = content(file);
    var policy = parse(file, content);
    if (WireJson.bytes(policy).length > Policy.MAX_BYTES) {
      throw new Problem(file, "is larger than %d KiB".formatted(Policy.MAX_BYTES / 1024));
    }
    var problems = new LinkedHashSet<>(PolicyReader.problems(content, policy.customerId()));
    problems.addAll(PolicyBook.problems(policy));
    if (!problems.isEmpty()) {
      var lines = new LineFinder(content);
      throw new Problem(
          file,
          problems.stream()
              .map(problem -> "line %d: %s".formatted(lines.lineOf(problem.field()), problem))
              .collect(Collectors.joining("; ")));
    }
    return policy;
  }

  private static byte[] content(Path file) throws Problem {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new Problem(file, "is far larger than %d KiB".formatted(Policy.MAX_BYTES / 1024));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Problem(file, "cannot be read");
    }
  }

  private static Policy parse(Path file, byte[] content) throws Problem {
    try {
      Policy policy = READER.readValue(content);
      if (policy == null) {
        throw new Problem(file, "holds no policy");
      }
      return policy;
    } catch (JsonProcessingException e) {
      var location = e.getLocation();
      var line = location == null ? "" : "line %d: ".formatted(location.getLineNr());
      throw new Problem(file, line + WireJson.explain(e).getMessage());
    } catch (InvalidRecordException e) {
      throw new Problem(file, e.getMessage());
    } catch (IOException e) {
      throw new Problem(file, "cannot be read");
    }
  }
}
