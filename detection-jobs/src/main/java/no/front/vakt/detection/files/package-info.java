/**
 * The jobs' ends on files, for replay: bounded, in order of time, memory bounded whatever the
 * file's size. Front door: {@link no.front.vakt.detection.files.Replay}.
 */
@NullMarked
package no.front.vakt.detection.files;

import org.jspecify.annotations.NullMarked;
