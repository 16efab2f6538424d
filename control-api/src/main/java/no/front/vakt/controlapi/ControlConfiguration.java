package no.front.vakt.controlapi;

import java.time.Clock;
import no.front.vakt.controlapi.applied.AppliedConfiguration;
import no.front.vakt.controlapi.applied.AppliedPolicies;
import no.front.vakt.controlapi.database.Database;
import no.front.vakt.controlapi.decisions.DecisionConfiguration;
import no.front.vakt.controlapi.decisions.DecisionLog;
import no.front.vakt.controlapi.health.Health;
import no.front.vakt.controlapi.health.HealthController;
import no.front.vakt.controlapi.http.HttpsServer;
import no.front.vakt.controlapi.http.ProblemAdvice;
import no.front.vakt.controlapi.publishing.PolicyPublisher;
import no.front.vakt.controlapi.rulebook.PublicationSignal;
import no.front.vakt.controlapi.rulebook.RuleBook;
import no.front.vakt.controlapi.rulebook.RuleBookConfiguration;
import no.front.vakt.controlapi.staff.StaffSecurity;
import no.front.vakt.controlapi.staff.StaffSettings;
import no.front.vakt.controlapi.welcome.WelcomeController;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * The control API's parts and how they are joined; the whole of it, nothing is scanned for or
 * auto-configured, so nothing of another application in the same process is ever started here.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@Import({
  StaffSecurity.class,
  ProblemAdvice.class,
  RuleBookConfiguration.class,
  AppliedConfiguration.class,
  DecisionConfiguration.class,
  HealthController.class,
  WelcomeController.class
})
class ControlConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  TomcatServletWebServerFactory server(ControlApiSettings settings) {
    return HttpsServer.factory(settings.web(), settings.tls());
  }

  @Bean
  ServletRegistrationBean<DispatcherServlet> dispatcher(WebApplicationContext context) {
    ServletRegistrationBean<DispatcherServlet> dispatcher =
        new ServletRegistrationBean<>(new DispatcherServlet(context), "/");
    dispatcher.setLoadOnStartup(1);
    return dispatcher;
  }

  @Bean
  StaffSettings staffSettings(ControlApiSettings settings) {
    return settings.staff();
  }

  @Bean
  Database database(ControlApiSettings settings) {
    return new Database(settings.database());
  }

  @Bean
  PublicationSignal publicationSignal() {
    return new PublicationSignal();
  }

  @Bean
  RuleBook ruleBook(
      Database database, ControlApiSettings settings, PublicationSignal signal, Clock clock) {
    return new RuleBook(database, settings.keys().sealing(), signal, clock);
  }

  @Bean
  PolicyPublisher policyPublisher(
      Database database, ControlApiSettings settings, PublicationSignal signal, Clock clock) {
    return new PolicyPublisher(database, settings.kafka(), signal, clock);
  }

  @Bean
  Health health(
      Database database,
      RuleBook book,
      PolicyPublisher publisher,
      ControlApiSettings settings,
      Clock clock) {
    return new Health(database, book, publisher, settings.kafka(), clock);
  }

  @Bean
  AppliedPolicies appliedPolicies(ControlApiSettings settings) {
    return new AppliedPolicies(settings.kafka());
  }

  @Bean
  DecisionLog decisionLog(ControlApiSettings settings) {
    return new DecisionLog(settings.kafka());
  }
}
