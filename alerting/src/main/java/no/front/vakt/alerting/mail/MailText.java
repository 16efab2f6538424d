package no.front.vakt.alerting.mail;

import java.util.ArrayList;
import java.util.List;
import no.front.vakt.alerting.mail.Letter.Block;
import no.front.vakt.alerting.mail.Letter.Console;
import no.front.vakt.alerting.mail.Letter.Fact;
import no.front.vakt.alerting.mail.Letter.Facts;
import no.front.vakt.alerting.mail.Letter.Note;
import no.front.vakt.alerting.mail.Letter.Paragraph;
import no.front.vakt.alerting.mail.Letter.Points;
import no.front.vakt.alerting.mail.Letter.Table;
import no.front.vakt.alerting.mail.Letter.Tone;
import no.front.vakt.alerting.mail.Phrases.Done;
import no.front.vakt.alerting.mail.Phrases.Word;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.alerting.recipient.Recipient;
import no.front.vakt.alerting.recipient.Recipient.Reason;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.MessageSample;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Wording;

/**
 * Writes one letter for one reader. A customer reads what happened, what Vakt did and what to do
 * now; staff read who, which rule in which version, and every sum. Whatever others wrote is {@link
 * Cleaned} here, once; a customer's letter never names another customer.
 */
final class MailText {
  private static final int LONGEST_NAME_IN_SUBJECT = 40;

  private final News news;
  private final Alert alert;
  private final Recipient reader;
  private final TextSettings settings;
  private final Phrases phrases;
  private final Times times;
  private final String name;

  private MailText(News news, Recipient reader, TextSettings settings) {
    this.news = news;
    this.alert = news.alert();
    this.reader = reader;
    this.settings = settings;
    this.phrases = Phrases.of(reader.language());
    this.times = new Times(reader.language(), reader.zone());
    this.name = Cleaned.word(news.customerName(), LONGEST_NAME_IN_SUBJECT);
  }

  /** The letter. */
  static Letter write(News news, Recipient reader, TextSettings settings) {
    MailText text = new MailText(news, reader, settings);
    return reader.isStaff() ? text.toStaff() : text.toCustomer();
  }

  private Letter toCustomer() {
    Done done = Done.of(alert);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(phrases.customerOpening(alert.type(), done)));
    if (passwordWasRight()) {
      blocks.add(new Note(phrases.passwordWasRight()));
    }
    List<String> sentences = alert.findings().stream().map(this::sentence).distinct().toList();
    if (!sentences.isEmpty()) {
      blocks.add(new Points(phrases.word(Word.WHAT_HAPPENED), false, sentences));
    }
    blocks.add(
        new Facts(phrases.word(isAboutCalls() ? Word.WHAT_HAPPENED : Word.WHAT_VAKT_DID), sums()));
    details(blocks);
    blocks.add(
        new Points(
            phrases.word(Word.WHAT_NOW),
            true,
            phrases.customerSteps(alert.type(), passwordWasRight())));
    blocks.add(console());
    return letter(
        tone(),
        phrases.customerSubject(alert.type(), done, name),
        phrases.customerTitle(alert.type(), done, name),
        blocks);
  }

  private Letter toStaff() {
    News.Refusal refusal = news.refusal();
    List<Block> blocks = new ArrayList<>();
    if (refusal != null) {
      blocks.add(new Paragraph(phrases.refusedOpening()));
    } else {
      if (reader.reason() == Reason.NO_CONTACTS) {
        blocks.add(new Note(phrases.noContacts()));
      }
      blocks.add(new Paragraph(phrases.staffOpening(alert.type())));
    }
    blocks.add(new Facts(phrases.word(Word.FACTS), staffFacts()));
    List<String> findings = alert.findings().stream().map(this::staffSentence).toList();
    if (!findings.isEmpty()) {
      blocks.add(new Points(phrases.word(Word.WHAT_HAPPENED), false, findings));
    }
    details(blocks);
    if (!alert.customers().isEmpty() && alert.customerCount() > 1) {
      List<String> customers = new ArrayList<>();
      alert.customers().forEach(customer -> customers.add(Cleaned.word(customer)));
      long unnamed = alert.customerCount() - (long) customers.size();
      if (unnamed > 0) {
        customers.add(phrases.andMore(times.number(unnamed)));
      }
      blocks.add(new Points(phrases.word(Word.CUSTOMERS), false, customers));
    }
    blocks.add(console());
    return refusal != null
        ? letter(Tone.CALM, phrases.refusedSubject(name), phrases.refusedTitle(), blocks)
        : letter(
            tone(),
            phrases.staffSubject(alert.type(), Done.of(alert), name, subjectCount()),
            phrases.staffTitle(alert.type(), name),
            blocks);
  }

  private Letter letter(Tone tone, String subject, String title, List<Block> blocks) {
    return new Letter(
        reader.language(),
        tone,
        subject + " (ref. " + reference() + ")",
        title,
        blocks,
        phrases.footer(reader.isStaff(), times.zone(alert.until())));
  }

  private Tone tone() {
    return switch (alert.type()) {
      case FIRST, DIGEST -> Done.of(alert) == Done.WATCHED ? Tone.CALM : Tone.GRAVE;
      case MANY_CUSTOMERS, ACCESS_SWEEP -> Tone.GRAVE;
      case ACCESS_REFUSED, ACCESS_DIGEST -> passwordWasRight() ? Tone.GRAVE : Tone.CALM;
      case ALL_CLEAR -> Tone.GOOD;
    };
  }

  private String subjectCount() {
    return times.number(
        switch (alert.type()) {
          case MANY_CUSTOMERS, ACCESS_SWEEP -> alert.customerCount();
          case FIRST ->
              switch (Done.of(alert)) {
                case BLOCKED -> alert.blocked();
                case HELD -> alert.held();
                case WATCHED -> alert.messages();
              };
          default -> alert.messages();
        });
  }

  private List<Fact> sums() {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            Word.PERIOD,
            times.span(alert.since(), alert.until()) + " (" + reader.zone().getId() + ")"));
    if (isAboutCalls()) {
      facts.add(fact(Word.TOTAL, phrases.calls(alert.messages(), times.number(alert.messages()))));
      return facts;
    }
    facts.add(fact(Word.TOTAL, phrases.messages(alert.messages(), times.number(alert.messages()))));
    long passed = Math.max(0, alert.messages() - alert.held() - alert.blocked());
    if (alert.blocked() > 0 || reader.isStaff()) {
      facts.add(fact(Word.BLOCKED, times.number(alert.blocked())));
    }
    if (alert.held() > 0 || reader.isStaff()) {
      facts.add(fact(Word.HELD, times.number(alert.held())));
    }
    if (passed > 0 || reader.isStaff()) {
      facts.add(fact(Word.PASSED, times.number(passed)));
    }
    return facts;
  }

  private List<Fact> staffFacts() {
    List<Fact> facts = new ArrayList<>();
    String customerId = alert.customerId();
    if (customerId != null) {
      String id = Cleaned.word(customerId);
      facts.add(fact(Word.CUSTOMER, name.equals(id) ? id : name + " (" + id + ")"));
    }
    News.Refusal refusal = news.refusal();
    if (refusal != null) {
      // The console shows it whole to those who may see it.
      facts.add(fact(Word.CONTACT, Cleaned.word(refusal.contact())));
      facts.add(fact(Word.SERVER_ANSWER, refusal.problem()));
    }
    if (alert.ruleId() != null) {
      facts.add(fact(Word.RULE, rule()));
    }
    facts.addAll(sums());
    if (alert.customerCount() > 1) {
      facts.add(fact(Word.CUSTOMERS, times.number(alert.customerCount())));
    }
    facts.add(fact(Word.ALERT, Cleaned.word(alert.alertId())));
    return facts;
  }

  private String rule() {
    String id = Cleaned.word(String.valueOf(alert.ruleId()));
    return alert.findings().stream()
        .filter(finding -> finding.ruleId().equals(alert.ruleId()))
        .findFirst()
        .map(
            finding ->
                id
                    + " v"
                    + finding.ruleVersion()
                    + " ("
                    + Cleaned.word(finding.kind())
                    + ", "
                    + phrases.action(finding.action())
                    + ")")
        .orElse(id);
  }

  private String sentence(Finding finding) {
    Wording wording = finding.text();
    return wording == null
        ? Cleaned.word(finding.ruleId())
        : Cleaned.sentence(reader.language() == Language.NB ? wording.nb() : wording.en());
  }

  private String staffSentence(Finding finding) {
    String rule = Cleaned.word(finding.ruleId()) + " v" + finding.ruleVersion();
    return finding.text() == null ? rule : rule + ": " + sentence(finding);
  }

  private void details(List<Block> blocks) {
    if (!alert.samples().isEmpty()) {
      blocks.add(
          new Table(
              phrases.word(Word.EXAMPLES),
              words(Word.TIME, Word.RECIPIENT, Word.SENDER, Word.MESSAGE_ID, Word.RESULT),
              alert.samples().stream().map(this::row).toList()));
    }
    if (!alert.refusedCalls().isEmpty()) {
      boolean manyCustomers = reader.isStaff() && alert.customerId() == null;
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < alert.refusedCalls().size(); i++) {
        rows.add(row(alert.refusedCalls().get(i), address(i), manyCustomers));
      }
      blocks.add(
          new Table(
              phrases.word(Word.REFUSED_CALLS),
              manyCustomers
                  ? words(Word.TIME, Word.ADDRESS, Word.REASON, Word.CUSTOMER)
                  : words(Word.TIME, Word.ADDRESS, Word.REASON),
              rows));
    }
  }

  private List<String> row(MessageSample sample) {
    return List.of(
        times.brief(sample.submittedAt()),
        Cleaned.word(sample.recipient()),
        Cleaned.word(sample.senderId()),
        Cleaned.word(sample.messageId()),
        phrases.outcome(sample.outcome()));
  }

  private List<String> row(AccessAttempt call, String address, boolean withCustomer) {
    List<String> cells = new ArrayList<>();
    cells.add(times.brief(call.attemptedAt()));
    cells.add(address);
    cells.add(phrases.because(call.refusedBecause(), call.passwordWasRight()));
    if (withCustomer) {
      // Where no customer has that id a caller wrote it: whatever it says is none of our words.
      boolean isGuessed = call.refusedBecause() == RefusedBecause.UNKNOWN_CUSTOMER;
      cells.add(isGuessed ? phrases.word(Word.NO_SUCH_CUSTOMER) : Cleaned.word(call.customerId()));
    }
    return cells;
  }

  private String address(int call) {
    String address = call < news.addresses().size() ? news.addresses().get(call) : "";
    if (address.isEmpty()) {
      return phrases.word(Word.UNKNOWN);
    }
    return IpAddress.find(address).isPresent() ? address : Cleaned.word(address);
  }

  private Console console() {
    return new Console(
        phrases.console(reader.isStaff()),
        settings.consoleAddress(),
        phrases.word(Word.REFERENCE),
        reference(),
        reader.isStaff() || settings.contact() == null
            ? null
            : phrases.contact(settings.contact()));
  }

  private String reference() {
    return Cleaned.word(alert.reference());
  }

  private boolean isAboutCalls() {
    AlertType type = alert.type();
    return type == AlertType.ACCESS_REFUSED
        || type == AlertType.ACCESS_DIGEST
        || type == AlertType.ACCESS_SWEEP;
  }

  private boolean passwordWasRight() {
    return alert.refusedCalls().stream().anyMatch(AccessAttempt::passwordWasRight);
  }

  private Fact fact(Word name, String value) {
    return new Fact(phrases.word(name), value);
  }

  private List<String> words(Word... words) {
    return List.of(words).stream().map(phrases::word).toList();
  }
}
