package no.front.vakt.controlapi.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.controlapi.http.Answers;
import no.front.vakt.controlapi.http.ErrorCode;
import no.front.vakt.controlapi.http.Problem;
import no.front.vakt.controlapi.http.ProblemException;
import no.front.vakt.rules.policy.ShippedDefault;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/customers/{id}/policy}: what stands, what is to stand, and what stood. */
@RestController
@RequestMapping(
    path = "/v1/customers/{customerId}/policy",
    produces = MediaType.APPLICATION_JSON_VALUE)
class PolicyController {
  /** How long a writer waits for the log to have the change before it is answered 202. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int MOST_LISTED = 200;
  private static final int LONGEST_REASON = 500;
  private static final long NO_VERSION = 0;

  private final RuleBook book;

  PolicyController(RuleBook book) {
    this.book = book;
  }

  @GetMapping
  ResponseEntity<byte[]> policy(@PathVariable String customerId) {
    StoredVersion stored = book.newest(customerId).orElse(null);
    if (stored == null && customerId.equals(Policy.DEFAULT)) {
      // What all inherit is there from the beginning, and whoever changes it starts from it.
      return Answers.json(200, NO_VERSION, PolicyPages.shown(ShippedDefault.policy()));
    }
    if (stored == null || stored.removed()) {
      throw new ProblemException(
          Problem.at(ErrorCode.NOT_FOUND, stored == null ? NO_VERSION : stored.version()));
    }
    return Answers.json(200, stored.version(), PolicyPages.shown(book.opened(stored)));
  }

  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> put(
      @PathVariable String customerId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      Principal author)
      throws IOException, InterruptedException {
    Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
    requireReason(reason);
    ObjectNode tree = object(request);
    try {
      RuleBook.Change change = book.write(customerId, precondition, tree, author.getName(), reason);
      return changed(change, precondition.version() == NO_VERSION ? 201 : 200);
    } catch (InvalidRecordException e) {
      throw new ProblemException(Problem.of(ErrorCode.INVALID_POLICY, e.problems()));
    }
  }

  @DeleteMapping
  ResponseEntity<byte[]> remove(
      @PathVariable String customerId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestParam(required = false) @Nullable String reason,
      Principal author)
      throws InterruptedException {
    Precondition precondition = Precondition.of(ifMatch, null);
    requireReason(reason);
    return changed(book.remove(customerId, precondition, author.getName(), reason), 200);
  }

  @PostMapping(path = "/roll-back", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> rollBack(
      @PathVariable String customerId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      HttpServletRequest request,
      Principal author)
      throws IOException, InterruptedException {
    Precondition precondition = Precondition.of(ifMatch, null);
    ObjectNode body = object(request);
    JsonNode version = body.get("version");
    JsonNode reason = body.get("reason");
    if (version == null || !version.isIntegralNumber() || !version.canConvertToLong()) {
      throw new InvalidRecordException("version", "must be the number of an old version");
    }
    if (reason != null && !reason.isNull() && !reason.isTextual()) {
      throw new InvalidRecordException("reason", "is not a text");
    }
    JsonNode access = body.get("access");
    if (access != null && !access.isNull() && !access.isBoolean()) {
      throw new InvalidRecordException(
          "access", "must be true or false: whether networks and password of then come back too");
    }
    boolean withAccess = access != null && access.booleanValue();
    String why = reason == null ? null : reason.textValue();
    requireReason(why);
    return changed(
        book.rollBack(
            customerId, precondition, version.longValue(), withAccess, author.getName(), why),
        200);
  }

  private static ObjectNode object(HttpServletRequest request) throws IOException {
    byte[] body = Answers.body(request);
    try {
      return PolicyReader.object(body);
    } catch (InvalidRecordException e) {
      throw new ProblemException(Problem.of(ErrorCode.MALFORMED_JSON, e.problems()));
    }
  }

  private static void requireReason(@Nullable String reason) {
    if (reason != null
        && (reason.length() > LONGEST_REASON
            || reason.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n'))) {
      throw new InvalidRecordException(
          "reason", "must be at most 500 characters without control characters");
    }
  }

  private ResponseEntity<byte[]> changed(RuleBook.Change change, int status)
      throws InterruptedException {
    StoredVersion stored = book.awaitPublished(change, PATIENCE);
    return Answers.json(
        stored.isPublished() ? status : 202, stored.version(), PolicyPages.entry(stored));
  }

  @GetMapping("/versions")
  ResponseEntity<byte[]> versions(
      @PathVariable String customerId,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long cursor,
      @RequestParam(defaultValue = "50") int limit) {
    int most = Math.max(1, Math.min(limit, MOST_LISTED));
    List<StoredVersion> found = book.versionsBelow(customerId, cursor, most);
    if (found.isEmpty() && book.newest(customerId).isEmpty()) {
      throw new ProblemException(ErrorCode.NOT_FOUND);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("versions", found.stream().map(PolicyPages::entry).toList());
    if (found.size() == most) {
      page.put("next", String.valueOf(found.get(most - 1).version()));
    }
    return Answers.json(200, page);
  }

  @GetMapping("/versions/{version}")
  ResponseEntity<byte[]> version(@PathVariable String customerId, @PathVariable long version) {
    StoredVersion stored = stored(customerId, version);
    Map<String, Object> page = PolicyPages.entry(stored);
    page.put("policy", PolicyPages.shown(book.opened(stored)));
    return Answers.json(200, page);
  }

  @GetMapping("/diff")
  ResponseEntity<byte[]> diff(
      @PathVariable String customerId, @RequestParam long from, @RequestParam long to) {
    Policy left = book.opened(stored(customerId, from));
    Policy right = book.opened(stored(customerId, to));
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("from", from);
    page.put("to", to);
    page.put("differences", PolicyDiff.between(left, right));
    return Answers.json(200, page);
  }

  private StoredVersion stored(String customerId, long version) {
    return book.version(customerId, version)
        .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
  }
}
