/**
 * The two ends of the log that the door touches: submissions out, answers in on its own partition.
 * Start reading at {@link no.front.vakt.verdictapi.kafka.AnswerFeed}.
 */
@NullMarked
package no.front.vakt.verdictapi.kafka;

import org.jspecify.annotations.NullMarked;
