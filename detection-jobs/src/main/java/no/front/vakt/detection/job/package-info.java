/**
 * What all jobs share: records on their way in and out, where keys come from, dead letters, and the
 * engine settings every job starts from.
 */
@NullMarked
package no.front.vakt.detection.job;

import org.jspecify.annotations.NullMarked;
