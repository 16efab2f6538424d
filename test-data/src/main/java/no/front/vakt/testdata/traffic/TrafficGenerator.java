package no.front.vakt.testdata.traffic;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.Submission;

/**
 * An ordinary day's traffic, message by message: many customers at an even pace, each with its own
 * sender, its own recipients and a handful of texts, one in five with a link. Message {@code i} is
 * the same whenever it is asked for. The numbers are made up; +47 999 is not handed out to anybody
 * we know of, and nothing is ever sent.
 */
public final class TrafficGenerator {
  private static final List<String> TEXTS =
      List.of(
          "Hei! Du har time hos oss %s kl. 14.30. Gi beskjed senest dagen for om du ikke kan komme. Svar JA for a bekrefte.",
          "Din engangskode er 48%s. Koden er gyldig i 10 minutter. Del den aldri med noen.",
          "Pakken din er klar til henting. Hentekode %s. Husk gyldig legitimasjon. Apent til 21.00.",
          "Treningen flyttes til hall B i kveld kl. 18. Ta med drikke og skift. Hilsen treneren, mvh. lag %s",
          "Faktura %s paa kr 1.250,00 forfaller 14.12.2026. Se nettbanken. Ved sporsmaal, svar paa denne meldingen.",
          "Vannet blir stengt i gaten din fra kl. 09 til ca. 12. Tapp det dere trenger. Ref. %s",
          "Takk for handelen! Ordre %s er bekreftet. Vi sier fra naar varene er sendt fra lageret.",
          "Paaminnelse: arsmote i borettslaget torsdag kl. 19.00. Saksliste ligger i postkassen. Sak %s",
          "Folg pakken din her: https://sporing.front.example.no/p/%s?kilde=sms Hilsen Klubben",
          "Meld deg paa innen fredag: www.klubben.example.no/pamelding/%s Velkommen!");

  private final long seed;
  private final int customers;
  private final int recipientsEach;
  private final double messagesPerSecond;
  private final Instant start;

  /**
   * Traffic of some customers together.
   *
   * @param seed decides everything
   * @param customers how many customers
   * @param recipientsEach how many numbers each of them sends to
   * @param messagesPerSecond pace of all of them together, in event time
   * @param start event time of message 0
   */
  public TrafficGenerator(
      long seed, int customers, int recipientsEach, double messagesPerSecond, Instant start) {
    this.seed = seed;
    this.customers = customers;
    this.recipientsEach = recipientsEach;
    this.messagesPerSecond = messagesPerSecond;
    this.start = start;
  }

  /** Message number {@code i}, from 0. */
  public Submission message(long i) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
    int customer = random.nextInt(customers);
    int recipient = customer * 7_919 + random.nextInt(recipientsEach);
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    return new Submission(
        "customer-" + customer,
        "m-" + i,
        start.plusMillis(Math.round(i * 1000 / messagesPerSecond)),
        "Kunde" + customer % 1_000,
        "+47999" + String.format("%05d", Math.floorMod(recipient, 100_000)),
        text.formatted(1_000 + random.nextInt(9_000)),
        "192.0.2." + customer % 250,
        Channel.API,
        null,
        true);
  }
}
