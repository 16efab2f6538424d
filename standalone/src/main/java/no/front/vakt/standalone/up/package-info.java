/**
 * The household: everything Vakt needs, in one process. The front door is {@link
 * no.front.vakt.standalone.up.Household}, which starts and stops the parts in order; each part is a
 * class of its own (broker, certificates, policies from files, the stream engine, the HTTPS door)
 * and knows no other.
 */
@NullMarked
package no.front.vakt.standalone.up;

import org.jspecify.annotations.NullMarked;
