package no.front.vakt.alerting.mail;

import java.util.List;
import no.front.vakt.alerting.recipient.Language;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, before it has a form: {@link LetterText} and {@link LetterHtml} each write the
 * same letter, so that the two parts of a mail cannot say different things. Its texts are plain;
 * whoever writes them into a form escapes them there.
 *
 * @param language what it is written in
 * @param tone what the reader sees first
 * @param subject the mail's subject
 * @param title its heading
 * @param blocks what follows, in order
 * @param footer small print, a line each
 */
record Letter(
    Language language,
    Tone tone,
    String subject,
    String title,
    List<Block> blocks,
    List<String> footer) {

  Letter {
    blocks = List.copyOf(blocks);
    footer = List.copyOf(footer);
  }

  /** How grave the news is. */
  enum Tone {
    /** Something was stopped, or somebody tries to get in. */
    GRAVE,
    /** To know of. */
    CALM,
    /** It is over. */
    GOOD
  }

  /** One part of a letter. */
  sealed interface Block {}

  /** A few sentences. */
  record Paragraph(String text) implements Block {}

  /** Something the reader must not overlook. */
  record Note(String text) implements Block {}

  /** Names and values. */
  record Facts(String heading, List<Fact> facts) implements Block {
    Facts {
      facts = List.copyOf(facts);
    }
  }

  /** One name and its value. */
  record Fact(String name, String value) {}

  /** Things to do, or that were found; numbered when the order matters. */
  record Points(String heading, boolean isNumbered, List<String> points) implements Block {
    Points {
      points = List.copyOf(points);
    }
  }

  /** Rows of a few columns. */
  record Table(String heading, List<String> columns, List<List<String>> rows) implements Block {
    Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /**
   * Where to go on: the console's fixed address, the same in every mail, and what to say there.
   *
   * @param text what it is
   * @param address the one link of the mail
   * @param reference what to look for there
   * @param referenceName what the reference is called
   * @param contact how to reach the gateway's people, if it was set
   */
  record Console(
      String text, String address, String referenceName, String reference, @Nullable String contact)
      implements Block {}
}
