package no.front.vakt.verdictapi.frontapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
  private static PushFields read(String boundary, String body) {
    PushFields fields = new PushFields(false);
    MultipartForm.addTo(fields, boundary, body.getBytes(StandardCharsets.ISO_8859_1));
    return fields;
  }

  private static String part(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  @Test
  void looksForTheEndOfAPartsHeadInThatPartOnly() {
    PushFields fields =
        read(
            "b",
            "--b\r\nContent-Disposition: form-data; name=\"txt\"\r\n"
                + part("fromid", "a")
                + "--b--");

    assertThat(fields.text("txt")).isEmpty();
    assertThat(fields.text("fromid")).isEqualTo("a");
  }

  @Test
  void readsAsManyPartsAsItSaysAndNotOneMore() {
    StringBuilder body = new StringBuilder();
    for (int i = 1; i <= MultipartForm.MOST_PARTS + 1; i++) {
      body.append(part("f" + i, "x"));
    }
    PushFields fields = read("b", body + "--b--");

    assertThat(fields.text("f" + MultipartForm.MOST_PARTS)).isEqualTo("x");
    assertThat(fields.text("f" + (MultipartForm.MOST_PARTS + 1))).isEmpty();
  }

  @Test
  void takesNoBoundaryLongerThanAnyClientMakes() {
    String boundary = "b".repeat(255);
    String body = part("txt", "x").replace("--b", "--" + boundary) + "--" + boundary + "--";

    assertThat(read(boundary, body).text("txt")).isEmpty();
  }
}
