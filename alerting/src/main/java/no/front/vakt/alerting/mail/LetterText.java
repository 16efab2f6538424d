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

/** A letter as plain text, for those who read mail so: no line longer than it need be. */
final class LetterText {
  // RFC 3676 advises 78 at most; some room for the quote marks of an answer.
  private static final int WIDTH = 74;

  private final StringBuilder out = new StringBuilder();

  private LetterText() {}

  static String of(Letter letter) {
    LetterText text = new LetterText();
    text.line(letter.title());
    text.line("=".repeat(Math.min(WIDTH, letter.title().length())));
    letter.blocks().forEach(text::block);
    text.line("");
    text.line("-- ");
    letter.footer().forEach(text::line);
    return text.out.toString();
  }

  private void block(Block block) {
    line("");
    if (block instanceof Paragraph paragraph) {
      line(paragraph.text());
    } else if (block instanceof Note note) {
      wrapped("! ", "  ", note.text());
    } else if (block instanceof Facts facts) {
      facts(facts);
    } else if (block instanceof Points points) {
      points(points);
    } else if (block instanceof Table table) {
      table(table);
    } else if (block instanceof Console console) {
      line(console.text());
      line("  " + console.address());
      line("  " + console.referenceName() + ": " + console.reference());
      if (console.contact() != null) {
        line(console.contact());
      }
    }
  }

  private void facts(Facts facts) {
    heading(facts.heading());
    int widest = facts.facts().stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
    for (Fact fact : facts.facts()) {
      String name = fact.name() + ":" + " ".repeat(widest - fact.name().length() + 1);
      wrapped("  " + name, " ".repeat(name.length() + 2), fact.value());
    }
  }

  private void points(Points points) {
    heading(points.heading());
    int number = 1;
    for (String point : points.points()) {
      String mark = points.isNumbered() ? number++ + ". " : "- ";
      wrapped("  " + mark, " ".repeat(mark.length() + 2), point);
    }
  }

  private void table(Table table) {
    heading(table.heading());
    for (List<String> row : table.rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add((i == 0 ? "" : table.columns().get(i) + " ") + row.get(i));
      }
      wrapped("  - ", "    ", String.join(", ", cells));
    }
  }

  private void heading(String heading) {
    line(heading);
  }

  private void line(String text) {
    if (text.equals("-- ")) {
      out.append(text).append('\n');
    } else {
      wrapped("", "", text);
    }
  }

  private void wrapped(String first, String rest, String text) {
    StringBuilder line = new StringBuilder(first);
    boolean isEmpty = true;
    for (String word : text.split(" ")) {
      if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
        out.append(line).append('\n');
        line = new StringBuilder(rest);
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
