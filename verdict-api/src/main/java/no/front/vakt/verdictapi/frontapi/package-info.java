/**
 * Front's own customer API, {@code /psk/push.php}, as clients in the field call it: their fields
 * read whatever way they send them, the customer's access checked, the message handed to the same
 * desk as any other, and the verdict told as one of the API's old codes. Start reading at {@link
 * no.front.vakt.verdictapi.frontapi.PushServlet}.
 */
@NullMarked
package no.front.vakt.verdictapi.frontapi;

import org.jspecify.annotations.NullMarked;
