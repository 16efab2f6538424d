package no.front.vakt.testdata.scenario;

import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.Channel;
import no.front.vakt.testdata.scenario.Habit.Span;

/** The customers of the day and their habits; their policies lie in {@code scenario/policies}. */
final class Habits {
  static final String ALARM = "alarmsentralen";
  static final String CLUB = "idrettslaget";
  static final String CAFE = "kafeen";
  static final String MUNICIPALITY = "kommunen";
  static final String CLINIC = "legesenteret";
  static final String SHOP = "nettbutikken";
  static final String CODES = "sikkerkode";
  static final String SCHOOL = "skolen";

  private Habits() {}

  /** What a customer shows at the customer API; the hashes in the policies are of these. */
  static String password(String customerId) {
    return "demo-" + customerId;
  }

  static List<Habit> all() {
    return List.of(alarm(), club(), cafe(), municipality(), clinic(), shop(), codes(), school());
  }

  private static Habit alarm() {
    return new Habit(
        ALARM,
        Way.GATEWAY,
        Channel.API,
        "192.0.2.33",
        null,
        List.of("Alarm", "Vaktsentral"),
        300,
        List.of(Span.of(6, 22, 400)),
        List.of(
            "Alarm: bevegelse i sone {number}. Vekter er varslet. Svar 1 for falsk alarm.",
            "Døralarm {number} er koblet ut kl {time} av {name}.",
            "Batteriet i røykvarsler {number} er lavt. Bytt det innen {day}.",
            "Alarmen {number} er koblet på. God kveld fra Alarmsentralen."));
  }

  private static Habit club() {
    return new Habit(
        CLUB,
        Way.CUSTOMER_API,
        Channel.API,
        "192.0.2.5",
        password(CLUB),
        List.of("Idrettslag", "Handball"),
        2_000,
        List.of(Span.of(9, 15, 120), Span.of(15, 21, 300)),
        mixed(
            List.of(
                "Treningen {day} flyttes til hall B kl {time}. Ta med drikke.",
                "Kamp {day} kl {time}. Oppmøte en halvtime før. Hilsen treneren",
                "Husk dugnad {day}. Meld deg på: https://www.idrettslaget.example.no/dugnad/{number}",
                "Kontingenten forfaller {day}. Ref {number}. Takk for støtten!")));
  }

  private static Habit cafe() {
    return new Habit(
        CAFE,
        Way.CUSTOMER_API,
        Channel.API,
        "192.0.2.6",
        password(CAFE),
        List.of("Quayside"),
        2_000,
        List.of(Span.of(7, 11, 40), Span.of(11, 19, 80)),
        mixed(
            List.of(
                "Hi {name}, your table for two is ready at {time}. See you soon!",
                "Soup of the day is on. Menu: https://kafeen.example.no/menu/{number}",
                "Your cake (order {number}) can be picked up until {time}.")));
  }

  private static Habit municipality() {
    return new Habit(
        MUNICIPALITY,
        Way.GATEWAY,
        Channel.WEB,
        "192.0.2.49",
        null,
        List.of("Kommunen", "Barnehage", "Renovasjon"),
        4_000,
        List.of(Span.of(7, 16, 300)),
        List.of(
            "Søknaden din ({number}) er mottatt. Svar kommer innen {day}.",
            "Avfall hentes {day} i din gate. Sett ut dunken før kl 7.",
            "Byggesak {number}: nytt dokument på https://innsyn.kommunen.example.no/sak/{number}",
            "Barnehagen har planleggingsdag {day}. Da er det stengt."));
  }

  private static Habit clinic() {
    return new Habit(
        CLINIC,
        Way.CUSTOMER_API,
        Channel.API,
        "192.0.2.20",
        password(CLINIC),
        List.of("Legesenter"),
        3_000,
        List.of(Span.of(7, 12, 450), Span.of(12, 16, 250)),
        List.of(
            "Påminnelse: du har time {day} kl {time}. Gi beskjed senest dagen før om du ikke kommer.",
            "Resepten din er fornyet og ligger klar. Hilsen Legesenteret",
            "Prøvesvarene dine var fine. Du trenger ikke ny time nå.",
            "Bytt eller avbestill timen: https://time.legesenteret.example.no/t/{number}"));
  }

  private static Habit shop() {
    return new Habit(
        SHOP,
        Way.CUSTOMER_API,
        Channel.API,
        "192.0.2.7",
        password(SHOP),
        List.of("Nettbutikk"),
        4_000,
        List.of(Span.of(6, 10, 200), Span.of(10, 18, 450), Span.of(18, 22, 350)),
        List.of(
            "Takk for handelen, {name}! Ordre {number} er bekreftet.",
            "Ordre {number} er sendt. Følg den: https://sporing.pakkepost.example.no/p/{number}",
            "Pakken din er klar til henting. Hentekode {number}. Husk legitimasjon.",
            "Hvordan var kjøpet? Si det her: https://svar.nettbutikken.example.no/{number}"));
  }

  private static Habit codes() {
    return new Habit(
        CODES,
        Way.GATEWAY,
        Channel.API,
        "192.0.2.65",
        null,
        List.of("Sikkerkode"),
        5_000,
        List.of(Span.of(6, 9, 250), Span.of(9, 17, 700), Span.of(17, 22, 350)),
        List.of(
            "Din engangskode er 48{number}. Den gjelder i 10 minutter. Del den aldri med noen.",
            "Bekreft innloggingen med koden 71{number}.",
            "Your code is 55{number}. Never share it with anybody."));
  }

  private static Habit school() {
    return new Habit(
        SCHOOL,
        Way.GATEWAY,
        Channel.API,
        "192.0.2.81",
        null,
        List.of("Skolen", "SFO", "Rektor", "Bibliotek", "Kontaktl", "Musikk"),
        1_500,
        List.of(Span.of(7, 10, 170), Span.of(10, 16, 180)),
        List.of(
            "{name} er meldt borte fra skolen i dag. Ring om det ikke stemmer.",
            "Foreldremøte {day} kl {time} i aulaen. Velkommen!",
            "Turdag {day}: gode sko, matpakke og regntøy.",
            "Ukeplanen ligger på https://plan.skolen.example.no/uke/{number}",
            "Bok {number} skulle vært levert {day}."));
  }

  /** As many of a customer's own texts as ones that real people wrote. */
  private static List<String> mixed(List<String> own) {
    var texts = new ArrayList<>(Phrases.betweenPeople());
    int copies = texts.size() / own.size();
    for (int i = 0; i < copies; i++) {
      texts.addAll(own);
    }
    return List.copyOf(texts);
  }
}
