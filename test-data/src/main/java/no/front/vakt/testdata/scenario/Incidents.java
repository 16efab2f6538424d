package no.front.vakt.testdata.scenario;

import static no.front.vakt.testdata.scenario.Habits.password;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import no.front.vakt.contract.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What befalls the customers in the course of the day, in order of time, and the messages it is
 * made of. Nobody else is sent to at the numbers used here, so that a stopped flood stops no
 * everyday message.
 */
final class Incidents {
  private static final String THIEF = "198.51.100.66";
  private static final String BOT = "203.0.113.45";
  private static final String GUESSER = "203.0.113.200";
  private static final String STRANGER = "203.0.113.90";

  /** Fewer than these would stay below the limit that must stop them. */
  private static final int LEAST_OF_A_FLOOD = 30;

  private static final int LEAST_OF_A_LOOP = 100;

  private static final int FORM_NUMBERS = 3;
  private static final int LOOP_NUMBERS = 30;

  /** Latvia, Nigeria, the Maldives and satellites: what a pumped minute costs most to. */
  private static final List<String> EXPENSIVE = List.of("+3712", "+2348030", "+9607", "+88161");

  private static final List<String> PHISHING =
      List.of(
          "Pakken din holdes tilbake. Betal 29 kr: http://pakke-{number}.example.com/betal",
          "Kontoen din er sperret. Bekreft her: https://bekreft-konto.example.net/{number}",
          "Du har skatt til gode, {name}. Se https://skatt-retur.example.org/r{number}");

  private static final List<Incident> LIST =
      List.of(
          new Incident(
              "campaign",
              Habits.SHOP,
              LocalTime.of(10, 0),
              LocalTime.of(10, 45),
              "a campaign to all who buy there: busy, but as it should be",
              null),
          new Incident(
              "stolen-password",
              Habits.SHOP,
              LocalTime.of(12, 4),
              LocalTime.of(12, 24),
              "somebody has its password and sends phishing links",
              "links"),
          new Incident(
              "password-guessing",
              Habits.CAFE,
              LocalTime.of(13, 30),
              LocalTime.of(13, 45),
              "one address tries passwords, here and at four other customers",
              Incident.AT_THE_DOOR),
          new Incident(
              "burst-main",
              Habits.MUNICIPALITY,
              LocalTime.of(14, 0),
              LocalTime.of(14, 20),
              "a water pipe has burst, a quarter is told: busy, but as it should be",
              null),
          new Incident(
              "flooded-form",
              Habits.CLUB,
              LocalTime.of(15, 10),
              LocalTime.of(15, 30),
              "a bot fills in the sign-up form again and again, for three numbers",
              "per-recipient"),
          new Incident(
              "foreign-address",
              Habits.CLINIC,
              LocalTime.of(16, 40),
              LocalTime.of(16, 42),
              "its right password, but shown from an address that is not its own",
              Incident.AT_THE_DOOR),
          new Incident(
              "pumped-traffic",
              Habits.CODES,
              LocalTime.of(18, 20),
              LocalTime.of(18, 50),
              "its log-in page is made to send codes to expensive countries",
              "countries"),
          new Incident(
              "runaway-loop",
              Habits.SCHOOL,
              LocalTime.of(20, 5),
              LocalTime.of(20, 35),
              "a job that does not end sends the same text again and again",
              "per-sender"));

  private final SplittableRandom random;
  private final double share;
  private final List<DemoMessage> messages = new ArrayList<>();

  private Incidents(SplittableRandom random, double share) {
    this.random = random;
    this.share = share;
  }

  static List<Incident> list() {
    return LIST;
  }

  /** The messages of all of them, in no order. */
  static List<DemoMessage> messages(SplittableRandom random, double share) {
    var incidents = new Incidents(random, share);
    LIST.forEach(incidents::play);
    return incidents.messages;
  }

  private void play(Incident incident) {
    switch (incident.label()) {
      case "campaign" -> campaign(incident);
      case "stolen-password" -> stolenPassword(incident);
      case "password-guessing" -> passwordGuessing(incident);
      case "burst-main" -> burstMain(incident);
      case "flooded-form" -> floodedForm(incident);
      case "foreign-address" -> foreignAddress(incident);
      case "pumped-traffic" -> pumpedTraffic(incident);
      case "runaway-loop" -> runawayLoop(incident);
      default -> throw new IllegalStateException(incident.label());
    }
  }

  private void campaign(Incident incident) {
    var texts =
        List.of("Bare i dag: 20 % på alt, {name}! https://tilbud.nettbutikken.example.no/{number}");
    add(
        incident,
        scaled(1_400, 1),
        i -> from("Nettbutikk", "192.0.2.7", Way.CUSTOMER_API, password(Habits.SHOP), fill(texts)),
        i -> DemoDay.everydayNumber(Habits.SHOP, i));
  }

  private void stolenPassword(Incident incident) {
    var spam = Phrases.spam();
    add(
        incident,
        scaled(220, 12),
        i -> {
          var text =
              random.nextBoolean()
                  ? fill(PHISHING)
                  : fill(spam) + fill(List.of(" http://vinn-{number}.example.com/premie"));
          return from("Nettbutikk", THIEF, Way.CUSTOMER_API, password(Habits.SHOP), text);
        },
        i -> DemoDay.incidentNumber(i));
  }

  private void passwordGuessing(Incident incident) {
    var others = List.of(Habits.CLUB, Habits.MUNICIPALITY, Habits.CLINIC, Habits.SHOP);
    int tries = scaled(24, 6);
    for (int i = 0; i < tries + 2 * others.size(); i++) {
      var customer = i < tries ? Habits.CAFE : others.get(i % others.size());
      var guess =
          from("Test", GUESSER, Way.CUSTOMER_API, "gjett-" + random.nextInt(100_000), "Test " + i);
      add(incident, customer, i, tries + 2 * others.size(), guess, DemoDay.incidentNumber(4_000));
    }
  }

  private void burstMain(Incident incident) {
    var texts =
        List.of(
            "Vannet er stengt i ditt område til ca. kl 18 på grunn av brudd. Se https://drift.kommunen.example.no/{number}");
    add(
        incident,
        scaled(500, 1),
        i -> from("Kommunen", "192.0.2.49", Way.GATEWAY, null, fill(texts)),
        i -> DemoDay.everydayNumber(Habits.MUNICIPALITY, i));
  }

  private void floodedForm(Incident incident) {
    var texts =
        List.of("Hei {name}! Du er meldt på prøvetrening {day} kl {time}. Påmelding {number}.");
    add(
        incident,
        scaled(240, LEAST_OF_A_FLOOD),
        i -> from("Idrettslag", BOT, Way.GATEWAY, null, fill(texts)),
        i -> DemoDay.incidentNumber(5_000 + i % FORM_NUMBERS));
  }

  private void foreignAddress(Incident incident) {
    add(
        incident,
        3,
        i -> from("Legesenter", STRANGER, Way.CUSTOMER_API, password(Habits.CLINIC), "Test " + i),
        i -> DemoDay.incidentNumber(4_001));
  }

  private void pumpedTraffic(Incident incident) {
    var texts = List.of("Your code is 55{number}. Never share it with anybody.");
    add(
        incident,
        scaled(300, 12),
        i -> from("Sikkerkode", "192.0.2.65", Way.GATEWAY, null, fill(texts)),
        i ->
            EXPENSIVE.get(random.nextInt(EXPENSIVE.size()))
                + "%06d".formatted(random.nextInt(1_000_000)));
  }

  private void runawayLoop(Incident incident) {
    var text = "Eleven er meldt borte fra skolen i dag. Ring kontoret om det ikke stemmer.";
    add(
        incident,
        scaled(600, LEAST_OF_A_LOOP),
        i -> from("Fravar", "192.0.2.81", Way.GATEWAY, null, text),
        i -> DemoDay.incidentNumber(6_000 + i % LOOP_NUMBERS));
  }

  private int scaled(int count, int least) {
    return Math.max(least, (int) Math.round(count * share));
  }

  private String fill(List<String> texts) {
    return Phrases.fill(texts, random);
  }

  /** What of a message an incident decides itself. */
  private record Draft(
      String sender, String originIp, Way way, @Nullable String password, String text) {}

  private static Draft from(
      String sender, String originIp, Way way, @Nullable String password, String text) {
    return new Draft(sender, originIp, way, password, text);
  }

  private void add(
      Incident incident, int count, IntFunction<Draft> drafts, IntFunction<String> recipients) {
    for (int i = 0; i < count; i++) {
      add(incident, incident.customerId(), i, count, drafts.apply(i), recipients.apply(i));
    }
  }

  /** The i-th of count, at an even pace from the beginning to the end of the incident. */
  private void add(
      Incident incident, String customer, int i, int count, Draft draft, String recipient) {
    long spread = incident.until().toNanoOfDay() - incident.from().toNanoOfDay();
    messages.add(
        new DemoMessage(
            customer,
            incident.from().plusNanos(spread / count * i),
            draft.sender(),
            recipient,
            draft.text(),
            draft.originIp(),
            draft.originIp().equals(BOT) ? Channel.WEB : Channel.API,
            draft.way(),
            draft.password(),
            incident.label()));
  }
}
