package no.front.vakt.standalone.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.contract.MessageIdentity;

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

  /** A call to paste that releases a held message, if the house can. */
  Optional<String> releaseCall(MessageIdentity message);

  /** Whether it is being taken down. */
  boolean isStopping();
}
