package no.front.vakt.verdictapi.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.IpAddress;

/**
 * Blocks of addresses in CIDR notation, IPv4 and IPv6; an address alone is a block of one. An IPv4
 * address written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address, in blocks as in callers.
 */
public final class Networks {
  /** Bits before the IPv4 address in its IPv6 form; RFC 4291, section 2.5.5.2. */
  private static final int MAPPED_PREFIX_BITS = 96;

  private static final int LONGEST_PREFIX_DIGITS = 3;

  private record Block(byte[] address, int bits) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      int whole = bits / Byte.SIZE;
      for (int i = 0; i < whole; i++) {
        if (address[i] != other[i]) {
          return false;
        }
      }
      int rest = bits % Byte.SIZE;
      return rest == 0 || ((address[whole] ^ other[whole]) & 0xFF << Byte.SIZE - rest & 0xFF) == 0;
    }
  }

  private final List<Block> blocks;

  private Networks(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** Takes the entries that are networks; the others contain nobody. */
  public static Networks of(List<String> entries) {
    List<Block> blocks = new ArrayList<>();
    entries.forEach(entry -> block(entry).ifPresent(blocks::add));
    return new Networks(blocks);
  }

  /** Whether an entry is a network. */
  public static boolean isNetwork(String entry) {
    return block(entry).isPresent();
  }

  private static Optional<Block> block(String entry) {
    String text = entry.strip();
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    byte[] address = IpAddress.find(literal).map(IpAddress::bytes).orElse(null);
    if (address == null) {
      return Optional.empty();
    }
    int most = address.length * Byte.SIZE;
    if (slash < 0) {
      return Optional.of(new Block(address, most));
    }
    String prefix = text.substring(slash + 1);
    if (prefix.isEmpty()
        || prefix.length() > LONGEST_PREFIX_DIGITS
        || !prefix.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    boolean mapped = address.length == 4 && literal.indexOf(':') >= 0;
    int bits = Integer.parseInt(prefix) - (mapped ? MAPPED_PREFIX_BITS : 0);
    return bits < 0 || bits > most ? Optional.empty() : Optional.of(new Block(address, bits));
  }

  /** Whether an address is in any of them. */
  public boolean contains(IpAddress address) {
    byte[] bytes = address.bytes();
    return blocks.stream().anyMatch(block -> block.contains(bytes));
  }
}
