package no.front.vakt.standalone;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version this build was made as, from the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Vakt "
          + Optional.ofNullable(Vakt.class.getPackage().getImplementationVersion())
              .orElse("(unpackaged)")
    };
  }
}
