/**
 * The connection to PostgreSQL, and the migrations that wait for it. Start reading at {@link
 * no.front.vakt.controlapi.database.Database}.
 */
@NullMarked
package no.front.vakt.controlapi.database;

import org.jspecify.annotations.NullMarked;
