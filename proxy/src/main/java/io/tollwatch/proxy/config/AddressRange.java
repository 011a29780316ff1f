package io.tollwatch.proxy.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of IP addresses in CIDR form, such as `10.0.0.0/8` or `::1/128`. Immutable.
///
/// @param network its first address
/// @param prefixBits how many leading bits all its addresses share, from 0 to 32 or 128
public record AddressRange(InetAddress network, int prefixBits) {

  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]{2,45})/([0-9]{1,3})");
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  public AddressRange {
    if (prefixBits < 0 || prefixBits > network.getAddress().length * 8) {
      throw new IllegalArgumentException("prefixBits: " + prefixBits);
    }
  }

  /// Reads a range, or is empty where the text isn't one. Bits set beyond the prefix are an error
  /// of the text, because they leave open which range was meant.
  public static Optional<AddressRange> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(matcher.group(2));
    return literal(matcher.group(1))
        .filter(network -> bits <= network.getAddress().length * 8)
        .map(network -> new AddressRange(network, bits))
        .filter(AddressRange::startsAtItsNetwork);
  }

  /// Reads an IP address without ever asking a name server, or is empty where the text isn't one.
  static Optional<InetAddress> literal(String text) {
    if (!IPV4.matcher(text).matches() && text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /// Whether an address lies inside.
  public boolean contains(InetAddress address) {
    byte[] own = network.getAddress();
    byte[] other = address.getAddress();
    return own.length == other.length && sharedBits(own, other) >= prefixBits;
  }

  private boolean startsAtItsNetwork() {
    byte[] bytes = network.getAddress();
    for (int bit = prefixBits; bit < bytes.length * 8; bit++) {
      if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int sharedBits(byte[] one, byte[] two) {
    int mismatch = Arrays.mismatch(one, two);
    return mismatch < 0
        ? one.length * 8
        : mismatch * 8 + Integer.numberOfLeadingZeros((one[mismatch] ^ two[mismatch]) & 0xFF) - 24;
  }

  @Override
  public String toString() {
    String address = network.getHostAddress();
    return (network instanceof Inet4Address ? address : address.replaceAll("%.*", ""))
        + "/"
        + prefixBits;
  }
}
