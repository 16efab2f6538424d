package no.front.vakt.alerting.mail;

import java.util.List;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import org.jspecify.annotations.Nullable;

/** Norwegian, bokmål. */
final class NorwegianPhrases implements Phrases {

  @Override
  public String customerSubject(AlertType type, Done done, String name) {
    return switch (type) {
      case FIRST, MANY_CUSTOMERS ->
          switch (done) {
            case BLOCKED -> "Vakt: meldinger fra " + name + " er stanset";
            case HELD -> "Vakt: meldinger fra " + name + " holdes tilbake";
            case WATCHED -> "Vakt: uvanlig SMS-trafikk fra " + name;
          };
      case DIGEST -> "Vakt: den uvanlige SMS-trafikken fra " + name + " fortsetter";
      case ALL_CLEAR -> "Vakt: det er rolig igjen hos " + name;
      case ACCESS_REFUSED -> "Vakt: noen ble avvist da de ville sende som " + name;
      case ACCESS_DIGEST, ACCESS_SWEEP -> "Vakt: avviste kall det siste døgnet for " + name;
    };
  }

  @Override
  public String customerTitle(AlertType type, Done done, String name) {
    return switch (type) {
      case FIRST, MANY_CUSTOMERS ->
          switch (done) {
            case BLOCKED -> "Vi har stanset meldinger fra " + name;
            case HELD -> "Vi holder tilbake meldinger fra " + name;
            case WATCHED -> "Uvanlig SMS-trafikk fra " + name;
          };
      case DIGEST -> "Den uvanlige trafikken fra " + name + " fortsetter";
      case ALL_CLEAR -> "Det er rolig igjen hos " + name;
      case ACCESS_REFUSED -> "Et kall i navnet til " + name + " ble avvist";
      case ACCESS_DIGEST, ACCESS_SWEEP -> "Avviste kall det siste døgnet for " + name;
    };
  }

  @Override
  public String customerOpening(AlertType type, Done done) {
    return switch (type) {
      case FIRST, MANY_CUSTOMERS ->
          "Vakt passer på SMS-trafikken deres hos Front. Nå har den sett noe som ikke ligner på"
              + " det dere pleier å sende, eller som grensene deres ikke tillater. "
              + switch (done) {
                case BLOCKED ->
                    "Det vi har stanset eller holdt tilbake, er ikke sendt; tallene står under.";
                case HELD ->
                    "De meldingene dette gjelder, er ikke sendt. De venter til noen hos Front har"
                        + " sett på dem.";
                case WATCHED -> "Meldingene er sendt. Vi sier fra for at dere skal vite om det.";
              };
      case DIGEST ->
          "Vi har meldt fra om dette før, og det pågår fortsatt. Her er summen så langt. "
              + switch (done) {
                case BLOCKED -> "Vakt stanser meldingene etter hvert som de kommer.";
                case HELD -> "Vakt holder meldingene tilbake etter hvert som de kommer.";
                case WATCHED -> "Meldingene blir sendt som vanlig.";
              };
      case ALL_CLEAR ->
          "Det vi meldte fra om, har tatt slutt. Nye meldinger som følger reglene, blir sendt som"
              + " vanlig. Her er summen.";
      case ACCESS_REFUSED ->
          "Noen prøvde å sende SMS i deres navn og slapp ikke inn. Ingen melding er sendt.";
      case ACCESS_DIGEST, ACCESS_SWEEP ->
          "Noen har prøvd å sende SMS i deres navn uten å slippe inn. Ingen av disse meldingene er"
              + " sendt. Slike forsøk er vanlige på internett; vi sender én oversikt i døgnet.";
    };
  }

  @Override
  public List<String> customerSteps(AlertType type, boolean passwordWasRight) {
    return switch (type) {
      case FIRST, DIGEST, MANY_CUSTOMERS ->
          List.of(
              "Se etter i systemet som sender: er dette meldinger dere selv har bestilt?",
              "Hvis ikke, kan noen ha tatt seg inn. Stans systemet eller skjemaet, og bytt passord"
                  + " for SMS-tjenesten.",
              "Ta kontakt med Front og oppgi referansen. Er alt i orden hos dere, tilpasser vi"
                  + " grensene sammen.");
      case ALL_CLEAR ->
          List.of(
              "Har dere funnet årsaken, trenger dere ikke gjøre noe mer.",
              "Har dere ikke det, bør dere fortsatt se etter i systemet som sender, og bytte"
                  + " passord for SMS-tjenesten.",
              "Mangler dere meldinger som skulle vært sendt? Ta kontakt med Front og oppgi"
                  + " referansen.");
      case ACCESS_REFUSED, ACCESS_DIGEST, ACCESS_SWEEP ->
          passwordWasRight
              ? List.of(
                  "Bytt passord for SMS-tjenesten nå, også i systemet som sender.",
                  "Var det dere selv, for eksempel fra en ny server? Be Front om å legge til"
                      + " adressen.",
                  "Ta kontakt med Front og oppgi referansen hvis dere er i tvil.")
              : List.of(
                  "Se om det kan være dere selv: en ny server, eller et gammelt passord i et"
                      + " system.",
                  "Kjenner dere ikke adressen, trenger dere ikke gjøre noe: kallet ble avvist.",
                  "Ta kontakt med Front og oppgi referansen hvis dere er i tvil.");
    };
  }

  @Override
  public String passwordWasRight() {
    return "Passordet var riktig, men adressen er ikke blant dem dere har godkjent. Noen kan kjenne"
        + " passordet deres.";
  }

  @Override
  public String staffSubject(AlertType type, Done done, String name, String count) {
    return switch (type) {
      case FIRST ->
          "[Vakt] "
              + name
              + ": første varsel, "
              + switch (done) {
                case BLOCKED -> count + " stanset";
                case HELD -> count + " holdt tilbake";
                case WATCHED -> count + " sett";
              };
      case DIGEST -> "[Vakt] " + name + ": pågår, " + count + " så langt";
      case ALL_CLEAR -> "[Vakt] " + name + ": over";
      case MANY_CUSTOMERS -> "[Vakt] " + count + " kunder har varsel samtidig";
      case ACCESS_REFUSED -> "[Vakt] " + name + ": avvist kall";
      case ACCESS_DIGEST -> "[Vakt] " + name + ": avviste kall i døgnet, " + count;
      case ACCESS_SWEEP -> "[Vakt] Én adresse er avvist hos " + count + " kunder";
    };
  }

  @Override
  public String staffOpening(AlertType type) {
    return switch (type) {
      case FIRST -> "En regel har slått til hos denne kunden for første gang på en stund.";
      case DIGEST -> "Det pågår fortsatt. Tallene er summen siden første varsel.";
      case ALL_CLEAR -> "Regelen har vært stille i et helt intervall.";
      case MANY_CUSTOMERS ->
          "Så mange kunder har fått sitt første varsel på en gang at e-posten til kundene venter på"
              + " dere. Det er ofte en regel eller et system hos oss, ikke kundene. Frigi eller"
              + " forkast dem i konsollen, med referansen under.";
      case ACCESS_REFUSED -> "Et kall til kundens tjeneste ble avvist i døren.";
      case ACCESS_DIGEST -> "Døgnets avviste kall for kunden.";
      case ACCESS_SWEEP ->
          "Samme adresse er avvist hos flere kunder. Kundene er ikke varslet. Vurder å stenge for"
              + " adressen.";
    };
  }

  @Override
  public String staffTitle(AlertType type, String name) {
    return switch (type) {
      case FIRST -> "Første varsel: " + name;
      case DIGEST -> "Pågår: " + name;
      case ALL_CLEAR -> "Over: " + name;
      case MANY_CUSTOMERS -> "Mange kunder har varsel samtidig";
      case ACCESS_REFUSED -> "Avvist kall: " + name;
      case ACCESS_DIGEST -> "Avviste kall i døgnet: " + name;
      case ACCESS_SWEEP -> "Én adresse prøver seg hos mange";
    };
  }

  @Override
  public String noContacts() {
    return "Dette varselet var til kunden, men kunden har ingen adresse vi kan skrive til. Ingen hos"
        + " kunden har fått det.";
  }

  @Override
  public String refusedSubject(String name) {
    return "[Vakt] " + name + ": en kontakt kan ikke nås på e-post";
  }

  @Override
  public String refusedTitle() {
    return "En kontakt kan ikke nås";
  }

  @Override
  public String refusedOpening() {
    return "E-posttjeneren tar ikke imot e-post til denne kontakten, og sier at det er for godt."
        + " Kontakten har ikke fått varselet under. Finn en annen måte å si fra på, og rett adressen"
        + " i konsollen. Denne beskjeden kommer én gang i døgnet for hver adresse.";
  }

  @Override
  public String word(Word word) {
    return switch (word) {
      case WHAT_HAPPENED -> "Hva som skjedde";
      case WHAT_VAKT_DID -> "Hva Vakt gjorde";
      case WHAT_NOW -> "Hva dere bør gjøre nå";
      case EXAMPLES -> "Noen av meldingene";
      case REFUSED_CALLS -> "Avviste kall, nyeste først";
      case FACTS -> "Opplysninger";
      case CUSTOMERS -> "Kunder";
      case TIME -> "Tid";
      case PERIOD -> "Tidsrom";
      case RECIPIENT -> "Til";
      case SENDER -> "Avsender";
      case MESSAGE_ID -> "Meldings-id";
      case RESULT -> "Resultat";
      case ADDRESS -> "Adresse";
      case REASON -> "Hvorfor";
      case TOTAL -> "I alt";
      case HELD -> "Holdt tilbake";
      case BLOCKED -> "Stanset";
      case PASSED -> "Sluppet gjennom";
      case CUSTOMER -> "Kunde";
      case NO_SUCH_CUSTOMER -> "(ingen kunde)";
      case RULE -> "Regel";
      case REFERENCE -> "Referanse";
      case ALERT -> "Varsel-id";
      case CONTACT -> "Kontakt";
      case SERVER_ANSWER -> "Tjenerens svar";
      case UNKNOWN -> "ukjent";
    };
  }

  @Override
  public String messages(long count, String number) {
    return number + (count == 1 ? " melding" : " meldinger");
  }

  @Override
  public String calls(long count, String number) {
    return number + (count == 1 ? " avvist kall" : " avviste kall");
  }

  @Override
  public String outcome(@Nullable Outcome outcome) {
    if (outcome == null) {
      return word(Word.UNKNOWN);
    }
    return switch (outcome) {
      case ALLOW -> "sendt";
      case HOLD -> "holdt tilbake";
      case BLOCK -> "stanset";
    };
  }

  @Override
  public String action(Action action) {
    return switch (action) {
      case OBSERVE -> "noterer";
      case ALERT -> "varsler";
      case HOLD -> "holder tilbake";
      case BLOCK -> "stanser";
    };
  }

  @Override
  public String because(@Nullable RefusedBecause reason, boolean passwordWasRight) {
    if (reason == null) {
      return word(Word.UNKNOWN);
    }
    return switch (reason) {
      case NETWORK ->
          passwordWasRight ? "riktig passord, ukjent adresse" : "adressen er ikke godkjent";
      case PASSWORD -> "feil passord";
      case NONE_SET -> "verken adresser eller passord er satt";
      case UNKNOWN_CUSTOMER -> "ingen slik kunde";
    };
  }

  @Override
  public String contact(String how) {
    return "Kontakt Front: " + how;
  }

  @Override
  public String console(boolean isStaff) {
    return isStaff
        ? "Detaljer og tiltak finnes i konsollen. Logg inn og søk på referansen."
        : "Mer finner dere i konsollen. Skriv adressen selv eller bruk bokmerket deres; vi ber"
            + " aldri om passord på e-post.";
  }

  @Override
  public List<String> footer(boolean isStaff, String zone) {
    return List.of(
        "Klokkeslett er i tidssonen " + zone + ". Telefonnumre er delvis skjult.",
        isStaff
            ? "Sendt automatisk av Vakt til sikkerhetsvakten hos Front. Ikke videresend til kunden."
            : "Sendt automatisk av Vakt, som passer på SMS-trafikken hos Front. Du får denne fordi"
                + " du er oppført som kontakt.");
  }

  @Override
  public String andMore(String number) {
    return "og " + number + " til";
  }
}
