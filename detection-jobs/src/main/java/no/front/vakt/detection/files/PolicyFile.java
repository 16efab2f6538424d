package no.front.vakt.detection.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.rules.policy.PolicyBook;

/**
 * A file of policies: one after another or in a list, on one line or many, several versions of a
 * customer's policy in any order.
 */
final class PolicyFile {
  // One value after another: what follows a policy is the next one, not a mistake.
  private static final ObjectReader TREES =
      WireJson.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;
  private final List<Policy> policies = new ArrayList<>();

  private PolicyFile(Path file) {
    this.file = file;
  }

  static PolicyFile read(Path file) throws ReplayException {
    PolicyFile policyFile = new PolicyFile(file);
    policyFile.read();
    return policyFile;
  }

  private void read() throws ReplayException {
    Set<String> seen = new HashSet<>();
    try (JsonParser parser = WireJson.mapper().createParser(Files.newInputStream(file))) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        int line = parser.currentTokenLocation().getLineNr();
        if (token == JsonToken.START_OBJECT) {
          Policy policy = policy(TREES.readTree(parser), line);
          if (!seen.add(policy.customerId() + '\0' + policy.version())) {
            throw problem(line, "version", "this customer has another policy of that version");
          }
          policies.add(policy);
        } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
          throw problem(line, "", "is not a policy: a JSON object is wanted");
        }
        token = parser.nextToken();
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw problem(line, "", "is not valid JSON");
    } catch (IOException e) {
      throw new ReplayException(file + " cannot be read: " + e.getMessage(), e);
    }
    policies.sort(Comparator.comparingLong(Policy::version));
  }

  private Policy policy(JsonNode tree, int line) throws ReplayException {
    try {
      Policy policy = WireJson.read(WireJson.bytes(tree), Policy.class);
      // As it is handed on, with what was left out filled in: that is what is measured there too.
      if (WireJson.bytes(policy).length > Policy.MAX_BYTES) {
        throw problem(line, "", "is larger than " + Policy.MAX_BYTES + " bytes");
      }
      List<FieldProblem> problems = PolicyBook.problems(policy);
      if (!problems.isEmpty()) {
        throw new InvalidRecordException(problems);
      }
      return policy;
    } catch (InvalidRecordException e) {
      throw new ReplayException(file + " line " + line + ": " + e.getMessage());
    }
  }

  private ReplayException problem(int line, String field, String reason) {
    return new ReplayException(
        file + " line " + line + ": " + (field.isEmpty() ? "" : field + ": ") + reason);
  }

  boolean holdsDefault() {
    return policies.stream().anyMatch(policy -> Policy.DEFAULT.equals(policy.customerId()));
  }

  ArrayList<RawRecord> records() {
    ArrayList<RawRecord> records = new ArrayList<>();
    for (Policy policy : policies) {
      records.add(RawRecord.of(policy.customerId(), WireJson.bytes(policy)));
    }
    return records;
  }

  /** Rules that cannot do what their author meant, each in a sentence. */
  List<String> warnings() {
    PolicyBook book =
        holdsDefault() ? PolicyBook.withoutDefault() : PolicyBook.withShippedDefault();
    policies.forEach(book::receive);
    List<String> warnings = new ArrayList<>();
    for (Policy policy : policies) {
      if (Policy.DEFAULT.equals(policy.customerId())) {
        continue;
      }
      Instant at = policy.effectiveFrom() == null ? Instant.EPOCH : policy.effectiveFrom();
      for (String ineffective : book.inForce(policy.customerId(), at).ineffective()) {
        warnings.add(policy.customerId() + " version " + policy.version() + ": " + ineffective);
      }
    }
    return warnings.stream().distinct().toList();
  }
}
