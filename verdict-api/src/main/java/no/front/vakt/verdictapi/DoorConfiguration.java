package no.front.vakt.verdictapi;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import no.front.vakt.verdictapi.access.AccessBook;
import no.front.vakt.verdictapi.access.AccessCheck;
import no.front.vakt.verdictapi.access.CallerFilter;
import no.front.vakt.verdictapi.clock.DoorClock;
import no.front.vakt.verdictapi.frontapi.PushDesk;
import no.front.vakt.verdictapi.frontapi.PushServlet;
import no.front.vakt.verdictapi.health.HealthServlet;
import no.front.vakt.verdictapi.http.HttpsServer;
import no.front.vakt.verdictapi.http.SecurityHeaders;
import no.front.vakt.verdictapi.http.SourceAddresses;
import no.front.vakt.verdictapi.http.UnknownPathServlet;
import no.front.vakt.verdictapi.kafka.AnswerFeed;
import no.front.vakt.verdictapi.kafka.KafkaAttemptLog;
import no.front.vakt.verdictapi.kafka.KafkaSubmissionLog;
import no.front.vakt.verdictapi.kafka.OutcomeFeed;
import no.front.vakt.verdictapi.kafka.PolicyFeed;
import no.front.vakt.verdictapi.load.Admission;
import no.front.vakt.verdictapi.load.CustomerAllowance;
import no.front.vakt.verdictapi.verdicts.RememberedVerdictServlet;
import no.front.vakt.verdictapi.verdicts.VerdictDesk;
import no.front.vakt.verdictapi.verdicts.VerdictServlet;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * The door's parts and how they are joined; the whole of it, nothing is scanned for or
 * auto-configured. The answers of before are read while this is put together, so the server, which
 * starts last, never takes a message whose first answer is still unread. At the end the server
 * stops first and lets what is in flight finish; then the log's two ends are closed.
 */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {
  /** Longer than the longest deadline and the log's acknowledgement. */
  private static final Duration DRAIN = Duration.ofSeconds(13);

  @Bean
  static DefaultLifecycleProcessor lifecycleProcessor() {
    DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
    processor.setTimeoutPerShutdownPhase(DRAIN.toMillis());
    return processor;
  }

  @Bean
  TomcatServletWebServerFactory server(VerdictApiSettings settings) {
    return HttpsServer.factory(settings.web(), settings.tls());
  }

  @Bean
  DoorClock clock() {
    return new DoorClock(Clock.systemUTC());
  }

  @Bean
  KafkaSubmissionLog submissionLog(VerdictApiSettings settings) throws InterruptedException {
    KafkaSubmissionLog log =
        new KafkaSubmissionLog(settings.kafka(), settings.log(), settings.keys().sealing());
    try {
      log.warmUp(settings.log().startPatience());
    } catch (IllegalStateException | InterruptedException e) {
      log.close();
      throw e;
    }
    return log;
  }

  @Bean
  Admission admission(VerdictApiSettings settings) {
    return new Admission(settings.load());
  }

  @Bean
  VerdictDesk desk(VerdictApiSettings settings, KafkaSubmissionLog log, Admission admission) {
    return new VerdictDesk(
        log,
        settings.keys().hashing(),
        new CustomerAllowance(settings.load()),
        admission,
        settings.verdicts());
  }

  @Bean
  AnswerFeed answerFeed(VerdictApiSettings settings, VerdictDesk desk) throws InterruptedException {
    AnswerFeed feed =
        new AnswerFeed(
            settings.kafka(), settings.log(), settings.verdicts().memory(), desk::answered);
    try {
      feed.start(settings.log().startPatience());
    } catch (IllegalStateException | InterruptedException e) {
      feed.close();
      throw e;
    }
    return feed;
  }

  /** Nobody waits for what became of messages; it is read while the door is open. */
  @Bean
  OutcomeFeed outcomeFeed(VerdictApiSettings settings, VerdictDesk desk) {
    OutcomeFeed feed = new OutcomeFeed(settings.kafka(), VerdictDesk.OUTCOMES_KEPT, desk::became);
    feed.start();
    return feed;
  }

  @Bean
  AccessBook accessBook(DoorClock clock) {
    return new AccessBook(clock);
  }

  @Bean
  PolicyFeed policyFeed(VerdictApiSettings settings, AccessBook book) throws InterruptedException {
    PolicyFeed feed = new PolicyFeed(settings.kafka(), book::receive);
    try {
      feed.start(settings.log().startPatience());
    } catch (IllegalStateException | InterruptedException e) {
      feed.close();
      throw e;
    }
    return feed;
  }

  @Bean
  KafkaAttemptLog attemptLog(VerdictApiSettings settings) {
    return new KafkaAttemptLog(settings.kafka());
  }

  @Bean
  AccessCheck accessCheck(
      VerdictApiSettings settings, AccessBook book, KafkaAttemptLog log, DoorClock clock) {
    return new AccessCheck(book, settings.access(), settings.keys(), log, clock);
  }

  @Bean
  SourceAddresses sourceAddresses(VerdictApiSettings settings) {
    return new SourceAddresses(settings.web().trustedProxies());
  }

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    FilterRegistrationBean<SecurityHeaders> filter =
        new FilterRegistrationBean<>(new SecurityHeaders());
    filter.setOrder(1);
    return filter;
  }

  @Bean
  FilterRegistrationBean<CallerFilter> callers(VerdictApiSettings settings, SourceAddresses sources)
      throws IOException {
    FilterRegistrationBean<CallerFilter> filter =
        new FilterRegistrationBean<>(
            new CallerFilter(settings.callers(), sources, HealthServlet.PATH, PushServlet.PATH));
    filter.setOrder(2);
    return filter;
  }

  @Bean
  ServletRegistrationBean<VerdictServlet> verdicts(
      VerdictApiSettings settings,
      VerdictDesk desk,
      Admission admission,
      AccessCheck access,
      DoorClock clock) {
    return new ServletRegistrationBean<>(
        new VerdictServlet(
            desk, admission, access, settings.verdicts(), settings.web().maxBodyBytes(), clock),
        VerdictServlet.PATH);
  }

  @Bean
  ServletRegistrationBean<RememberedVerdictServlet> rememberedVerdicts(VerdictDesk desk) {
    return new ServletRegistrationBean<>(
        new RememberedVerdictServlet(desk), RememberedVerdictServlet.PATHS);
  }

  @Bean
  ServletRegistrationBean<PushServlet> push(
      VerdictApiSettings settings,
      VerdictDesk desk,
      Admission admission,
      AccessBook book,
      AccessCheck access,
      DoorClock clock,
      SourceAddresses sources) {
    PushDesk pushes =
        new PushDesk(
            desk,
            admission,
            book,
            access,
            settings.keys().hashing(),
            clock,
            settings.verdicts().deadline());
    return new ServletRegistrationBean<>(new PushServlet(pushes, sources), PushServlet.PATH);
  }

  @Bean
  ServletRegistrationBean<HealthServlet> health(
      AnswerFeed feed, PolicyFeed policies, Admission admission) {
    return new ServletRegistrationBean<>(
        new HealthServlet(feed, policies, admission), HealthServlet.PATH);
  }

  @Bean
  ServletRegistrationBean<UnknownPathServlet> everythingElse() {
    return new ServletRegistrationBean<>(new UnknownPathServlet(), "/");
  }
}
