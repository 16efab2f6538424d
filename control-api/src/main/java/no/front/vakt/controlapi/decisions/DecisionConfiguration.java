package no.front.vakt.controlapi.decisions;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The web doors of this room. */
@Configuration(proxyBeanMethods = false)
@Import({DecisionController.class})
public class DecisionConfiguration {}
