/** The command {@code replay}: judges a file of submissions. */
@NullMarked
package no.front.vakt.standalone.replay;

import org.jspecify.annotations.NullMarked;
