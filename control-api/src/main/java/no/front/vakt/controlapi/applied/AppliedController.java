package no.front.vakt.controlapi.applied;

import java.util.LinkedHashMap;
import java.util.Map;
import no.front.vakt.controlapi.http.Answers;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/policy/applied}: which version each job's subtask judges by. */
@RestController
class AppliedController {
  private final AppliedPolicies applied;

  AppliedController(AppliedPolicies applied) {
    this.applied = applied;
  }

  @GetMapping(
      path = "/v1/customers/{customerId}/policy/applied",
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> applied(@PathVariable String customerId) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("customerId", customerId);
    page.put("applied", applied.of(customerId).stream().map(AppliedController::entry).toList());
    return Answers.json(200, page);
  }

  private static Map<String, Object> entry(AppliedPolicies.Word word) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("job", word.applied().job());
    entry.put("subtask", word.applied().subtask());
    entry.put("version", word.applied().version());
    if (word.applied().effectiveFrom() != null) {
      entry.put("effectiveFrom", word.applied().effectiveFrom());
    }
    if (word.applied().problem() != null) {
      entry.put("problem", word.applied().problem());
    }
    entry.put("at", word.at());
    return entry;
  }
}
