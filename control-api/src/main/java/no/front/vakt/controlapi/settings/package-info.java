/**
 * How named settings become the records of the rooms: with defaults, with bounds, and with every
 * problem told at once. Start reading at {@link no.front.vakt.controlapi.settings.SettingsReader}.
 */
@NullMarked
package no.front.vakt.controlapi.settings;

import org.jspecify.annotations.NullMarked;
