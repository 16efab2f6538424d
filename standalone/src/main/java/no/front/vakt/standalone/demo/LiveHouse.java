package no.front.vakt.standalone.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.standalone.up.Household;
import no.front.vakt.standalone.up.HouseholdSettings;

/** The household of this process, as the demo sees it. */
record LiveHouse(Household household, HouseholdSettings settings) implements DemoHouse {
  @Override
  public URI door() {
    return household.address();
  }

  @Override
  public Path authority() {
    return settings.keysDirectory().resolve("door/ca.crt");
  }

  @Override
  public Path gatewayKey() {
    return settings.keysDirectory().resolve("gateway.key");
  }

  @Override
  public Map<String, String> connection() {
    return household.connection();
  }

  @Override
  public Optional<URI> mailPage() {
    return household.mailPage();
  }

  @Override
  public Optional<URI> controlAddress() {
    return household.controlAddress();
  }

  @Override
  public Path staffKey() {
    return settings.keysDirectory().resolve("staff.key");
  }

  @Override
  public boolean isStopping() {
    return household.isStopping();
  }
}
