/**
 * The jobs' ends on Kafka: sources, the sink, and the reading of all policies before the first
 * message is judged.
 */
@NullMarked
package no.front.vakt.detection.kafka;

import org.jspecify.annotations.NullMarked;
