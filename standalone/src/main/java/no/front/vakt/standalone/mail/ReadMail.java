package no.front.vakt.standalone.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail taken apart for reading. Whatever is broken in it is left out; the raw source shows it.
 */
final class ReadMail {
  /** Mails inside mails inside mails: nobody reads further down. */
  private static final int DEEPEST_PART = 10;

  private static final List<String> HEADERS =
      List.of(
          "From",
          "To",
          "Cc",
          "Reply-To",
          "Subject",
          "Date",
          "Message-ID",
          "In-Reply-To",
          "References",
          "Auto-Submitted",
          "Content-Language",
          "List-Id");

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<String> others = new ArrayList<>();
  private @Nullable String text;
  private @Nullable String html;

  private ReadMail() {}

  static ReadMail of(Mail mail) {
    var read = new ReadMail();
    try {
      var message = new MimeMessage(null, new ByteArrayInputStream(mail.source()));
      for (var name : HEADERS) {
        var value = message.getHeader(name, ", ");
        if (value != null) {
          read.headers.put(name, decoded(value));
        }
      }
      read.take(message, 0);
    } catch (MessagingException e) {
      read.others.add("a part that cannot be read");
    }
    return read;
  }

  /** The headers that matter, in the order people read them. */
  Map<String, String> headers() {
    return headers;
  }

  String subject() {
    return headers.getOrDefault("Subject", "");
  }

  Optional<String> text() {
    return Optional.ofNullable(text);
  }

  Optional<String> html() {
    return Optional.ofNullable(html);
  }

  /** What else is in it, each as one line. */
  List<String> others() {
    return others;
  }

  private void take(Part part, int depth) throws MessagingException {
    try {
      if (part.isMimeType("multipart/*") && depth < DEEPEST_PART) {
        if (part.getContent() instanceof Multipart parts) {
          for (int i = 0; i < parts.getCount(); i++) {
            take(parts.getBodyPart(i), depth + 1);
          }
        }
      } else if (part.isMimeType("text/plain") && text == null && !isAttached(part)) {
        text = content(part);
      } else if (part.isMimeType("text/html") && html == null && !isAttached(part)) {
        html = content(part);
      } else {
        var type = part.getContentType().replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        var name = part.getFileName();
        others.add(name == null ? type : type + " " + decoded(name));
      }
    } catch (IOException e) {
      others.add("a part that cannot be read");
    }
  }

  private static boolean isAttached(Part part) throws MessagingException {
    return Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
  }

  private static String content(Part part) throws MessagingException, IOException {
    try {
      if (part.getContent() instanceof String content) {
        return content;
      }
    } catch (UnsupportedEncodingException e) {
      // a character set nobody knows: shown byte by byte
    }
    return new String(part.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static String decoded(String header) {
    try {
      return MimeUtility.decodeText(MimeUtility.unfold(header));
    } catch (UnsupportedEncodingException e) {
      return header;
    }
  }
}
