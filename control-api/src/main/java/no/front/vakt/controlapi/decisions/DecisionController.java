package no.front.vakt.controlapi.decisions;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import no.front.vakt.contract.AlertChoice;
import no.front.vakt.contract.AlertDecision;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.http.Answers;
import no.front.vakt.controlapi.http.ErrorCode;
import no.front.vakt.controlapi.http.Problem;
import no.front.vakt.controlapi.http.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What staff decide of a held message, and of customer mails that wait. 202: the job that holds it
 * decides whether there was anything to decide.
 */
@RestController
class DecisionController {
  private static final int LONGEST_ID = 64;

  private final DecisionLog log;
  private final Clock clock;

  DecisionController(DecisionLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @PostMapping(
      path = "/v1/customers/{customerId}/messages/{messageId}/decision",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> ofMessage(
      @PathVariable String customerId,
      @PathVariable String messageId,
      HttpServletRequest request,
      Principal author)
      throws IOException {
    requireId("customerId", customerId);
    requireId("messageId", messageId);
    HoldChoice choice = choice(request, HoldChoice.values());
    HoldDecision decision =
        new HoldDecision(customerId, messageId, choice, author.getName(), now());
    log.take(decision);
    return Answers.json(202, decision);
  }

  @PostMapping(
      path = "/v1/alerts/{reference}/decision",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> ofAlert(
      @PathVariable String reference, HttpServletRequest request, Principal author)
      throws IOException {
    requireId("reference", reference);
    AlertChoice choice = choice(request, AlertChoice.values());
    AlertDecision decision = new AlertDecision(reference, choice, author.getName(), now());
    log.take(decision);
    return Answers.json(202, decision);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void requireId(String field, String id) {
    if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidRecordException(
          field, "must be 1 to 64 characters without control characters");
    }
  }

  private static <T> T choice(HttpServletRequest request, T[] choices) throws IOException {
    byte[] body = Answers.body(request);
    Map<?, ?> fields;
    try {
      fields = WireJson.read(body, Map.class);
    } catch (InvalidRecordException e) {
      throw new ProblemException(Problem.of(ErrorCode.MALFORMED_JSON, e.problems()));
    }
    JsonNode wanted = WireJson.mapper().valueToTree(fields.get("decision"));
    return Arrays.stream(choices)
        .filter(choice -> WireJson.mapper().valueToTree(choice).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRecordException("decision", "must be one of " + WireJson.text(choices)));
  }
}
