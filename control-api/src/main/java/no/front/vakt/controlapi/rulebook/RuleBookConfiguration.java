package no.front.vakt.controlapi.rulebook;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The web doors of this room. */
@Configuration(proxyBeanMethods = false)
@Import({PolicyController.class, CustomerController.class})
public class RuleBookConfiguration {}
