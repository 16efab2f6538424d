/**
 * The data plane's door. A gateway hands in a message, the door stamps, normalises and seals it,
 * puts it on the log, and answers with the judge's verdict when it comes in time. It decides who
 * may call and how fast, never what is sent. Start reading at {@link
 * no.front.vakt.verdictapi.VerdictApi}.
 */
@NullMarked
package no.front.vakt.verdictapi;

import org.jspecify.annotations.NullMarked;
