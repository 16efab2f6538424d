/**
 * What a browser is shown that follows the one link in a mail. Start reading at {@link
 * no.front.vakt.controlapi.welcome.WelcomeController}.
 */
@NullMarked
package no.front.vakt.controlapi.welcome;

import org.jspecify.annotations.NullMarked;
