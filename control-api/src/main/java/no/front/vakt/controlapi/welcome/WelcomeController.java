package no.front.vakt.controlapi.welcome;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /}: where the one link in a mail leads until there is a console. Needs no key, knows
 * nobody and tells nothing of the system.
 */
@RestController
public class WelcomeController {
  /** Where it answers. */
  public static final String PATH = "/";

  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="nb">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
      <title>Vakt</title></head>
      <body>
      <p>Konsollen kommer senere; oppgi referansen i e-posten når du kontakter Front.</p>
      <p lang="en">The console comes later; name the reference in the mail when you contact Front.</p>
      </body>
      </html>
      """;

  @GetMapping(PATH)
  ResponseEntity<byte[]> page() {
    return ResponseEntity.ok().contentType(HTML).body(PAGE.getBytes(StandardCharsets.UTF_8));
  }
}
