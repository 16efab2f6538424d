package no.front.vakt.controlapi.rulebook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.controlapi.http.Answers;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/customers}: everybody who has, or had, a policy of their own. */
@RestController
class CustomerController {
  private static final int MOST_LISTED = 500;

  private final RuleBook book;

  CustomerController(RuleBook book) {
    this.book = book;
  }

  @GetMapping(path = "/v1/customers", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> customers(
      @RequestParam(defaultValue = "") String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    int most = Math.max(1, Math.min(limit, MOST_LISTED));
    List<PolicyStore.Listed> found = book.customersAfter(id(cursor), most);
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("customers", found.stream().map(listed -> entry(listed.newest())).toList());
    if (found.size() == most) {
      String last = found.get(most - 1).customerId();
      page.put(
          "next",
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }
    return Answers.json(200, page);
  }

  private static String id(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException("cursor", "is not one that was handed out here");
    }
  }

  private static Map<String, Object> entry(StoredVersion newest) {
    Policy policy = newest.policy();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("customerId", newest.customerId());
    if (policy.name() != null) {
      entry.put("name", policy.name());
    }
    entry.put("version", newest.version());
    entry.put("removed", newest.removed());
    entry.put("frozen", policy.frozen() != null);
    return entry;
  }
}
