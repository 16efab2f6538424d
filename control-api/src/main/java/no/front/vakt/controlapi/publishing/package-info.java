/**
 * The one writer of {@code vakt.policies}: outbox to log, in order, once. Start reading at {@link
 * no.front.vakt.controlapi.publishing.PolicyPublisher}.
 */
@NullMarked
package no.front.vakt.controlapi.publishing;

import org.jspecify.annotations.NullMarked;
