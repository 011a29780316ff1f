package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what all listeners have in common. Stateless.
final class ListenerBinder {

  private ListenerBinder() {}

  static InetAddress address(Section section) {
    Optional<String> text = section.text("address");
    Optional<InetAddress> address = text.flatMap(AddressRange::literal);
    if (text.isPresent() && address.isEmpty()) {
      section.wrong(
          "address", " is not an IP address", "write an IP address such as 127.0.0.1 or \"::1\"");
    }
    return address.orElse(ListenerDefaults.ADDRESS);
  }

  static List<String> hosts(Section section) {
    return section.texts("hosts", ListenerDefaults.HOSTS);
  }

  static List<AddressRange> allowFrom(Section section) {
    List<AddressRange> ranges = new ArrayList<>();
    List<String> texts = section.texts("allow-from", List.of());
    for (int i = 0; i < texts.size(); i++) {
      Optional<AddressRange> range = AddressRange.parse(texts.get(i));
      if (range.isEmpty()) {
        section.wrong(
            section.at("allow-from").appendIndex(i),
            " is not an address range",
            "write an address range such as 10.0.0.0/8, with no bits set beyond the prefix");
      }
      range.ifPresent(ranges::add);
    }
    return ranges;
  }
}
