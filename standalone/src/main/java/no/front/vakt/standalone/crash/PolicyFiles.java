package no.front.vakt.standalone.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;

/** Policies as files in the directory that Vakt watches, each put there whole. */
final class PolicyFiles implements PolicyChanges {
  private final Path directory;

  PolicyFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public void change(Policy policy) throws IOException {
    Path beside = directory.resolve("." + policy.customerId() + ".new");
    Files.write(beside, WireJson.bytes(policy));
    Files.move(
        beside,
        directory.resolve(policy.customerId() + ".json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
