package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.document.SizeText;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The listener that gateways call. There is none unless the file asks for it. Immutable.
///
/// @param address IP address to listen on; default 127.0.0.1
/// @param port 0 for any free one; default 9403, from 0 to 65535
/// @param hosts Host names that requests may carry, without port; default localhost, 127.0.0.1,
///   [::1] and the host of the public URL
/// @param allowFrom addresses that may call, any where it is empty; default empty, at most 256
/// @param publicUrl what stands before `/hooks/` where gateways call; required
/// @param maxBody the longest body; default 256KiB, from 1KiB to 1MiB
public record WebhooksConfig(
    InetAddress address,
    int port,
    List<String> hosts,
    List<AddressRange> allowFrom,
    URI publicUrl,
    SizeText maxBody) {

  /// The port where the file says none.
  static final int PORT = 9403;

  private static final SizeText MAX_BODY = new SizeText(256 << 10);

  public WebhooksConfig {
    hosts = List.copyOf(hosts);
    allowFrom = List.copyOf(allowFrom);
  }

  WebhooksConfig withPort(int newPort) {
    return new WebhooksConfig(address, newPort, hosts, allowFrom, publicUrl, maxBody);
  }

  static Optional<WebhooksConfig> bind(Section section) {
    return UrlText.base(section, "public-url")
        .map(url ->
            new WebhooksConfig(
                ListenerBinder.address(section),
                section.integer("port", PORT),
                section.texts("hosts", usual(url)),
                ListenerBinder.allowFrom(section),
                url,
                section.size("max-body").orElse(MAX_BODY)));
  }

  private static List<String> usual(URI url) {
    List<String> hosts = new ArrayList<>(ListenerDefaults.HOSTS);
    hosts.add(url.getHost());
    return hosts;
  }
}
