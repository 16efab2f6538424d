package no.front.vakt.contract;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An IP address written as a literal; never looked up anywhere. */
public final class IpAddress {
  private static final int LONGEST_LITERAL = 45;

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a dotted quad or an IPv6 literal; IPv4-mapped IPv6 becomes IPv4; no zone, no name. */
  public static Optional<IpAddress> find(String literal) {
    if (literal.isEmpty() || literal.length() > LONGEST_LITERAL) {
      return Optional.empty();
    }
    boolean colon = false;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      colon |= c == ':';
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 127) {
        return Optional.empty();
      }
    }
    if (!colon) {
      return dottedQuad(literal);
    }
    try {
      // A literal with a colon is parsed or refused by the JDK without any lookup.
      return Optional.of(new IpAddress(InetAddress.getByName("[" + literal + "]").getAddress()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<IpAddress> dottedQuad(String literal) {
    byte[] bytes = new byte[4];
    int part = 0;
    int digits = 0;
    int value = 0;
    for (int i = 0; i <= literal.length(); i++) {
      char c = i == literal.length() ? '.' : literal.charAt(i);
      if (c == '.') {
        if (digits == 0 || value > 255 || part > 3) {
          return Optional.empty();
        }
        bytes[part++] = (byte) value;
        digits = 0;
        value = 0;
      } else if (c >= '0' && c <= '9' && ++digits <= 3) {
        value = value * 10 + (c - '0');
      } else {
        return Optional.empty();
      }
    }
    return part == 4 ? Optional.of(new IpAddress(bytes)) : Optional.empty();
  }

  /** Four or sixteen bytes, network order. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether it is IPv4. */
  public boolean isIpv4() {
    return bytes.length == 4;
  }

  /**
   * What one subscriber holds and traffic is counted by: the IPv4 address itself, or the IPv6 /64,
   * as a canonical text.
   */
  public String subscriberBlock() {
    if (isIpv4()) {
      return (bytes[0] & 255)
          + "."
          + (bytes[1] & 255)
          + "."
          + (bytes[2] & 255)
          + "."
          + (bytes[3] & 255);
    }
    return HexFormat.of().formatHex(bytes, 0, 8) + "/64";
  }

  /** The whole address as a canonical literal: personal data, never to be logged. */
  public String literal() {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four or sixteen bytes are an address", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Masked: an address is personal data. */
  @Override
  public String toString() {
    return isIpv4() ? (bytes[0] & 255) + "." + (bytes[1] & 255) + ".…" : "IPv6 …";
  }
}
