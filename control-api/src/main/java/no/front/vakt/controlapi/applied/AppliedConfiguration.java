package no.front.vakt.controlapi.applied;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The web doors of this room. */
@Configuration(proxyBeanMethods = false)
@Import({AppliedController.class})
public class AppliedConfiguration {}
