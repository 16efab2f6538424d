/**
 * A message comes in, a verdict goes out: reading, the identity memory, waiting for the judge,
 * answering. No thread waits for anything. Start reading at {@link
 * no.front.vakt.verdictapi.verdicts.VerdictDesk}.
 */
@NullMarked
package no.front.vakt.verdictapi.verdicts;

import org.jspecify.annotations.NullMarked;
