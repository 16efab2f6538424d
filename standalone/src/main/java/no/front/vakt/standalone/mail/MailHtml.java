package no.front.vakt.standalone.mail;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The mailbox as HTML. Nothing that came in a mail leaves here unescaped. */
final class MailHtml {
  /** Often enough to watch mails come in, rarely enough to read the list. */
  private static final int REFRESH_SECONDS = 5;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);

  private final ZoneId zone;

  MailHtml(ZoneId zone) {
    this.zone = zone;
  }

  String list(List<Mail> mails) {
    var content =
        mails.isEmpty()
            ? "<p class=\"empty\">No mail yet. This page looks again every %d seconds.</p>"
                .formatted(REFRESH_SECONDS)
            : """
              <table>
              <thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead>
              <tbody>
              %s
              </tbody>
              </table>
              """
                .formatted(mails.stream().map(this::row).collect(Collectors.joining("\n")));
    return page(
        "Mailbox",
        "<meta http-equiv=\"refresh\" content=\"%d\">".formatted(REFRESH_SECONDS),
        """
        <header><h1>Mailbox</h1><p>%s, newest first. Kept in memory only: the newest %d.</p></header>
        %s
        """
            .formatted(count(mails.size()), Mailbox.MOST_MAILS, content));
  }

  String mail(Mail mail) {
    var read = ReadMail.of(mail);
    var headers =
        read.headers().entrySet().stream()
            .map(
                header ->
                    "<dt>%s</dt><dd>%s</dd>"
                        .formatted(escaped(header.getKey()), escaped(header.getValue())))
            .collect(Collectors.joining("\n"));
    var html =
        read.html()
            .map(
                any ->
                    "<iframe sandbox title=\"HTML part\" src=\"/mail/%d/html\"></iframe>"
                        .formatted(mail.number()))
            .orElse("<p class=\"empty\">No HTML part.</p>");
    var text =
        read.text()
            .map(content -> "<pre>" + escaped(content) + "</pre>")
            .orElse("<p class=\"empty\">No text part.</p>");
    var others =
        read.others().isEmpty()
            ? ""
            : "<p>Also in this mail: %s</p>".formatted(escaped(String.join(", ", read.others())));
    return page(
        title(read.subject()),
        "",
        """
        <header><nav><a href="/">&larr; Mailbox</a> <a href="/mail/%1$d/source">Raw source</a></nav>
        <h1>%2$s</h1></header>
        <dl>
        <dt>Received</dt><dd>%3$s</dd>
        <dt>Delivered to</dt><dd>%4$s</dd>
        %5$s
        </dl>
        <div class="parts">
        <section><h2>HTML</h2>%6$s</section>
        <section><h2>Text</h2>%7$s</section>
        </div>
        %8$s
        """
            .formatted(
                mail.number(),
                escaped(title(read.subject())),
                time(mail),
                escaped(String.join(", ", mail.recipients())),
                headers,
                html,
                text,
                others));
  }

  /** A page that says one thing. */
  String notice(String sentence) {
    return page("Mailbox", "", "<p class=\"empty\">%s</p>".formatted(escaped(sentence)));
  }

  private String row(Mail mail) {
    return """
    <tr><td>%s</td><td>%s</td><td><a href="/mail/%d">%s</a></td></tr>"""
        .formatted(
            time(mail),
            escaped(String.join(", ", mail.recipients())),
            mail.number(),
            escaped(title(ReadMail.of(mail).subject())));
  }

  private String time(Mail mail) {
    return escaped(TIME.format(mail.receivedAt().atZone(zone)));
  }

  private static String count(int mails) {
    return mails == 1 ? "1 mail" : mails + " mails";
  }

  private static String title(String subject) {
    return subject.isBlank() ? "(no subject)" : subject;
  }

  private static String page(String title, String head, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    %s
    <title>%s · Vakt</title>
    <link rel="stylesheet" href="/mailbox.css">
    </head>
    <body>
    %s
    </body>
    </html>
    """
        .formatted(head, escaped(title), body);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
