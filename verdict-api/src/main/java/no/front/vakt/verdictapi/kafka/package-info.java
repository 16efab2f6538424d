/**
 * The ends of the log that the door touches: submissions and access attempts out; answers on its
 * own partition, outcomes and policies in. Start reading at {@link
 * no.front.vakt.verdictapi.kafka.AnswerFeed}.
 */
@NullMarked
package no.front.vakt.verdictapi.kafka;

import org.jspecify.annotations.NullMarked;
