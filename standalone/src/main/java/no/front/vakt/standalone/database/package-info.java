/**
 * The database of the household: PostgreSQL from the binaries on the class path, as a process
 * beside this one. The front door is {@link no.front.vakt.standalone.database.LocalDatabase}, which
 * starts, watches and stops it; whoever uses it knows only {@link
 * no.front.vakt.standalone.database.DatabaseAccess}, which may as well name a server elsewhere.
 */
@NullMarked
package no.front.vakt.standalone.database;

import org.jspecify.annotations.NullMarked;
