package no.front.vakt.detection.alerts;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import no.front.vakt.detection.job.KeySource;

/**
 * What the operators of the alerts go by.
 *
 * @param keys where tasks find the keys
 * @param interval between digests of one customer and rule
 * @param burstLimit most first alerts to customers within the window; the next one waits for staff
 * @param burstWindow the window
 * @param waitingLimit most alerts to customers that wait for staff
 * @param digestHour hour of the day at which refused calls are summed up
 * @param zone where that hour is meant
 */
public record AlertOptions(
    KeySource keys,
    Duration interval,
    int burstLimit,
    Duration burstWindow,
    int waitingLimit,
    int digestHour,
    ZoneId zone)
    implements Serializable {}
