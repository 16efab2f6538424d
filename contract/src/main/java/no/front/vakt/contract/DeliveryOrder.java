package no.front.vakt.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A message that may go to an operator, on {@code sms.delivery}; the only road there.
 *
 * @param operator route it takes
 * @param orderedAt when delivery let it go
 * @param submission the {@link SealedSubmission}, still sealed
 */
public record DeliveryOrder(String operator, Instant orderedAt, JsonNode submission) {}
