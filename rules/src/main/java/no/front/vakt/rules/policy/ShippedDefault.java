package no.front.vakt.rules.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;

/** The default policy that comes with Vakt and stands until staff publish their own. */
public final class ShippedDefault {
  private static final String RESOURCE = "/no/front/vakt/rules/policy/default-policy.json";

  private ShippedDefault() {}

  /** The policy as shipped, version 0. */
  public static Policy policy() {
    try (InputStream in = ShippedDefault.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The shipped default policy is missing from the build");
      }
      return WireJson.read(in.readAllBytes(), Policy.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
