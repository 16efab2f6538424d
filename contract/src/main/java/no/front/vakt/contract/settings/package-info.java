/** How every part that runs apart reads its named settings: all problems at once. */
@NullMarked
package no.front.vakt.contract.settings;

import org.jspecify.annotations.NullMarked;
