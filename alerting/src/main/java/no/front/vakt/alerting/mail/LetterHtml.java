package no.front.vakt.alerting.mail;

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

/**
 * A letter as HTML that mail programs of every age show alike: one column of nested tables, styles
 * on the elements, nothing fetched from anywhere, no script, no form, one link at most, to the
 * console's fixed address. Whatever is not markup of this class goes through {@link #escaped}. A
 * style sheet in the head, which only newer programs read, turns it dark where the reader has it
 * so.
 */
final class LetterHtml {
  private static final String SANS =
      "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
  private static final String MONO = "font-family:Consolas,Menlo,'Courier New',monospace;";
  private static final String SMALL = SANS + "font-size:13px;line-height:19px;color:#5a6472;";
  private static final String NORMAL = SANS + "font-size:16px;line-height:24px;color:#1d2530;";
  private static final String HEADING =
      SANS + "font-size:14px;line-height:20px;font-weight:700;color:#1d2530;margin:0 0 8px;";

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="%s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
      <title>%s</title>
      <style>
      :root{color-scheme:light dark}
      @media (max-width:480px){.card{padding:20px 18px!important}.edge{padding:0!important}
      .name{display:block!important;width:auto!important;padding:8px 0 0!important;border-top:0!important}
      .value{display:block!important;padding:0 0 8px!important;border-top:0!important}
      .row{display:block!important;border-top:1px solid #dde2e8;padding:7px 0!important}
      .cell{display:inline!important;border-top:0!important;padding:0 10px 0 0!important}}
      @media (prefers-color-scheme:dark){.page{background:#12161c!important}.card{background:#1c222b!important}
      .ink{color:#e8ecf1!important}.soft{color:#a9b4c2!important}.line{border-color:#36404d!important}
      .note{background:#3a2f14!important;border-color:#d9a520!important}.panel{background:#252d38!important}
      .link{color:#8ab8ff!important}.GRAVE{color:#ff9a8f!important}.CALM{color:#8ab8ff!important}.GOOD{color:#7fd6a2!important}}
      </style>
      </head>
      <body class="page" style="margin:0;padding:0;background:#eef1f5;">
      <table role="presentation" class="page" width="100%%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f5;">
      <tr><td class="edge" align="center" style="padding:24px 12px;">
      <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
      <tr><td style="height:4px;line-height:4px;font-size:0;background:%s;border-radius:6px 6px 0 0;">&nbsp;</td></tr>
      <tr><td class="card" style="background:#ffffff;padding:28px 32px;border-radius:0 0 6px 6px;">
      <p class="%s" style="%smargin:0 0 6px;font-size:13px;line-height:18px;font-weight:700;letter-spacing:.4px;color:%s;">VAKT</p>
      <h1 class="ink" style="%smargin:0 0 16px;font-size:23px;line-height:30px;font-weight:700;color:#1d2530;">%s</h1>
      """;

  private final StringBuilder out = new StringBuilder();

  private LetterHtml() {}

  static String of(Letter letter) {
    LetterHtml html = new LetterHtml();
    String colour = colour(letter.tone());
    html.out.append(
        HEAD.formatted(
            letter.language().code(),
            escaped(letter.subject()),
            colour,
            letter.tone(),
            SANS,
            colour,
            SANS,
            escaped(letter.title())));
    letter.blocks().forEach(html::block);
    html.out.append(
        "<div class=\"line\" style=\"border-top:1px solid #dde2e8;margin:24px 0 12px;\"></div>\n");
    for (String line : letter.footer()) {
      html.out.append(element("p", "soft", SMALL + "margin:0 0 4px;", line));
    }
    html.out.append("</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n");
    return html.out.toString();
  }

  private static String colour(Tone tone) {
    return switch (tone) {
      case GRAVE -> "#b3261e";
      case CALM -> "#1f5fbf";
      case GOOD -> "#1e7a45";
    };
  }

  private void block(Block block) {
    if (block instanceof Paragraph paragraph) {
      out.append(element("p", "ink", NORMAL + "margin:0 0 16px;", paragraph.text()));
    } else if (block instanceof Note note) {
      out.append(
          element(
              "p",
              "note ink",
              NORMAL
                  + "margin:0 0 16px;padding:12px 14px;background:#fff6dc;border-left:4px solid #d9a520;",
              note.text()));
    } else if (block instanceof Facts facts) {
      facts(facts);
    } else if (block instanceof Points points) {
      points(points);
    } else if (block instanceof Table table) {
      table(table);
    } else if (block instanceof Console console) {
      console(console);
    }
  }

  private void facts(Facts facts) {
    out.append(element("p", "ink", HEADING, facts.heading())).append(openTable());
    for (Fact fact : facts.facts()) {
      out.append("<tr>")
          .append(
              element(
                  "td",
                  "name soft line",
                  SMALL
                      + "width:36%;vertical-align:top;padding:8px 12px 8px 0;border-top:1px solid #dde2e8;",
                  fact.name()))
          .append(
              element(
                  "td",
                  "value ink line",
                  NORMAL
                      + "font-size:15px;line-height:21px;vertical-align:top;padding:7px 0;"
                      + "border-top:1px solid #dde2e8;word-break:break-word;",
                  fact.value()))
          .append("</tr>\n");
    }
    out.append("</table>\n");
  }

  private void points(Points points) {
    String tag = points.isNumbered() ? "ol" : "ul";
    out.append(element("p", "ink", HEADING, points.heading()))
        .append(
            "<"
                + tag
                + " class=\"ink\" style=\""
                + NORMAL
                + "margin:0 0 16px;padding:0 0 0 22px;\">\n");
    for (String point : points.points()) {
      out.append(element("li", "ink", NORMAL + "margin:0 0 6px;word-break:break-word;", point));
    }
    out.append("</" + tag + ">\n");
  }

  private void table(Table table) {
    out.append(element("p", "ink", HEADING, table.heading())).append(openTable());
    row("th", SMALL + "text-align:left;font-weight:600;", "cell soft line", table.columns());
    for (List<String> row : table.rows()) {
      row("td", NORMAL + "font-size:14px;line-height:20px;", "cell ink line", row);
    }
    out.append("</table>\n");
  }

  private void row(String tag, String style, String classes, List<String> cells) {
    out.append("<tr class=\"row line\">");
    for (String cell : cells) {
      out.append(
          element(
              tag,
              classes,
              style
                  + "vertical-align:top;padding:7px 10px 7px 0;border-top:1px solid #dde2e8;word-break:break-word;",
              cell));
    }
    out.append("</tr>\n");
  }

  private void console(Console console) {
    out.append(
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">"
                + "<tr><td class=\"panel\" style=\"background:#f3f5f8;padding:14px 16px;border-radius:4px;\">\n")
        .append(element("p", "ink", NORMAL + "font-size:15px;margin:0 0 6px;", console.text()))
        .append("<p style=\"" + NORMAL + "font-size:15px;margin:0 0 6px;word-break:break-all;\">")
        .append(
            "<a class=\"link\" href=\""
                + escaped(console.address())
                + "\" style=\"color:#1f5fbf;\">")
        .append(escaped(console.address()))
        .append("</a></p>\n")
        .append("<p class=\"ink\" style=\"" + NORMAL + "font-size:15px;margin:0;\">")
        .append(escaped(console.referenceName()))
        .append(": ")
        .append(
            element(
                "strong", "ink", MONO + "letter-spacing:1px;color:#1d2530;", console.reference()))
        .append("</p>\n");
    if (console.contact() != null) {
      out.append(element("p", "ink", NORMAL + "font-size:15px;margin:8px 0 0;", console.contact()));
    }
    out.append("</td></tr></table>\n");
  }

  private static String openTable() {
    return "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""
        + " style=\"margin:0 0 18px;\">\n";
  }

  private static String element(String tag, String classes, String style, String text) {
    return "<"
        + tag
        + " class=\""
        + classes
        + "\" style=\""
        + style
        + "\">"
        + escaped(text)
        + "</"
        + tag
        + ">\n";
  }

  /** Text that stands for itself between tags and between double quotes. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '`' -> out.append("&#96;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
