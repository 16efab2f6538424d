/**
 * Who may call: for now whoever holds a staff key. Start reading at {@link
 * no.front.vakt.controlapi.staff.StaffSecurity}.
 */
@NullMarked
package no.front.vakt.controlapi.staff;

import org.jspecify.annotations.NullMarked;
