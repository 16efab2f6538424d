package no.front.vakt.detection.files;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be judged from files.
 *
 * @param policies policies in JSON, one or several; absent: the shipped default judges alone
 * @param warmUp submissions judged first, without output
 * @param in submissions, one a line
 * @param out where the verdicts go, one a line, in the order of {@code in}
 * @param parallelism judging subtasks
 */
public record ReplayRequest(
    @Nullable Path policies, @Nullable Path warmUp, Path in, Path out, int parallelism) {}
