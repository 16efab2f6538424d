/**
 * Files and directories as every part of the household keeps them: closed to other users, there
 * whole or not at all. The front door is {@link no.front.vakt.standalone.files.OwnerOnly}.
 */
@NullMarked
package no.front.vakt.standalone.files;

import org.jspecify.annotations.NullMarked;
