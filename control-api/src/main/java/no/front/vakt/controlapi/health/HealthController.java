package no.front.vakt.controlapi.health;

import java.util.Map;
import no.front.vakt.controlapi.http.Answers;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/health}: 200 when changes can be made and published, else 503; needs no key. */
@RestController
public class HealthController {
  /** Where it answers. */
  public static final String PATH = "/v1/health";

  private final Health health;

  HealthController(Health health) {
    this.health = health;
  }

  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> health() {
    Map<String, Object> facts = health.facts();
    return Answers.json("up".equals(facts.get("status")) ? 200 : 503, facts);
  }
}
