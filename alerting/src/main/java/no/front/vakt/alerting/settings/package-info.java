/**
 * Named settings become checked records, with every problem told at once. Start reading at {@link
 * no.front.vakt.alerting.settings.SettingsReader}.
 */
@NullMarked
package no.front.vakt.alerting.settings;

import org.jspecify.annotations.NullMarked;
