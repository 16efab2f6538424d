/**
 * How much the door takes on: so much a second from one customer, and never more at once than the
 * judge answers in time. Start reading at {@link no.front.vakt.verdictapi.load.Admission}.
 */
@NullMarked
package no.front.vakt.verdictapi.load;

import org.jspecify.annotations.NullMarked;
