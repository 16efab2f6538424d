/**
 * The job between judge and operators: sends what is allowed, parks what is held until somebody
 * decides or its time is over, and tells what became of each message. Front door: {@link
 * no.front.vakt.detection.delivery.DeliveryJob}; the picture as code: {@link
 * no.front.vakt.detection.delivery.DeliveryPipeline}.
 */
@NullMarked
package no.front.vakt.detection.delivery;

import org.jspecify.annotations.NullMarked;
