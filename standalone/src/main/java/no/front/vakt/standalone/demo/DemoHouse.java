package no.front.vakt.standalone.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the demo needs of the house it plays its day in. */
interface DemoHouse {
  /** Where the door answers. */
  URI door();

  /** Certificate of the authority that the door's own is from. */
  Path authority();

  /** The gateway's bearer key. */
  Path gatewayKey();

  /** Log-in of a reader of every topic. */
  Map<String, String> connection();

  /** Page on which the mails can be read, if the house has one. */
  Optional<URI> mailPage();

  /** Where staff's programs call, if the house has that door. */
  Optional<URI> controlAddress();

  /** The key that staff show there. */
  Path staffKey();

  /** Whether it is being taken down. */
  boolean isStopping();
}
