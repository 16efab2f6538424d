/**
 * The words between modules: one record for each payload, the topics that carry them, the one JSON
 * codec and the one cipher. Nothing here decides anything; start reading at {@link
 * no.front.vakt.contract.Topics}.
 */
@NullMarked
package no.front.vakt.contract;

import org.jspecify.annotations.NullMarked;
