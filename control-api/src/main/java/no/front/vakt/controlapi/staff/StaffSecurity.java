package no.front.vakt.controlapi.staff;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import no.front.vakt.controlapi.health.HealthController;
import no.front.vakt.controlapi.http.Answers;
import no.front.vakt.controlapi.http.ErrorCode;
import no.front.vakt.controlapi.http.Problem;
import no.front.vakt.controlapi.welcome.WelcomeController;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may do what, in one place: health and the page behind a mail's link are open, everything else
 * wants a staff key. Nothing is kept between two requests, so there is nothing to forge across
 * sites.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class StaffSecurity {
  private static final String CHAIN = "springSecurityFilterChain";
  private static final String NOTHING_IS_LOADED =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Bean
  SecurityFilterChain staffOnly(HttpSecurity http, StaffSettings settings) throws IOException {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(
            new StaffKeyFilter(new StaffKeys(settings.keys())), AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HealthController.PATH)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, WelcomeController.PATH)
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, WelcomeController.PATH)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint(
                        (request, response, e) -> {
                          response.setHeader("WWW-Authenticate", "Bearer");
                          Answers.refuse(response, Problem.of(ErrorCode.NOT_AUTHENTICATED));
                        })
                    .accessDeniedHandler(
                        (request, response, e) ->
                            Answers.refuse(response, Problem.of(ErrorCode.NOT_AUTHENTICATED))))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING_IS_LOADED))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
        .build();
  }

  /** Ids may hold any printable character; no path means anything to a file system here. */
  @Bean
  StrictHttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    firewall.setAllowBackSlash(true);
    firewall.setAllowSemicolon(true);
    return firewall;
  }

  @Bean
  RequestRejectedHandler unreadableRequests() {
    return (request, response, e) ->
        Answers.refuse(response, Problem.of(ErrorCode.MALFORMED_REQUEST));
  }

  @Bean
  DelegatingFilterProxyRegistrationBean securityFilter() {
    DelegatingFilterProxyRegistrationBean filter = new DelegatingFilterProxyRegistrationBean(CHAIN);
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
    return filter;
  }
}
