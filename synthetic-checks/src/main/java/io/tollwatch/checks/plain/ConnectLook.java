package io.tollwatch.checks.plain;

import io.tollwatch.checks.script.Finding;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/// Connects to each address of a host. Confined to one probe.
///
/// @param nanos what time is measured by
record ConnectLook(LongSupplier nanos) {

  /// More addresses are not tried.
  static final int MOST = 16;

  Looked look(String host, int port, Duration limit) {
    long end = nanos.getAsLong() + limit.toNanos();
    InetAddress[] addresses;
    try {
      addresses = Timed.within(limit, () -> {}, () -> InetAddress.getAllByName(host));
    } catch (IOException e) {
      return Looked.failed(host + " has an address", why(e));
    }
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < Math.min(addresses.length, MOST); i++) {
      findings.add(connect(new InetSocketAddress(addresses[i], port), end));
    }
    return new Looked(findings, Map.of());
  }

  private Finding connect(InetSocketAddress address, long end) {
    String expected =
        "connects to " + address.getAddress().getHostAddress() + " port " + address.getPort();
    long begin = nanos.getAsLong();
    int millis = (int) Math.max(1, (end - begin) / 1_000_000);
    try (Socket socket = new Socket()) {
      socket.connect(address, millis);
      double took = (nanos.getAsLong() - begin) / 1e6;
      return new Finding(expected, String.format(Locale.ROOT, "%.1f ms", took), true);
    } catch (IOException e) {
      return new Finding(expected, why(e), false);
    }
  }

  /// Why it did not work, by what the system said.
  static String why(IOException trouble) {
    return switch (trouble) {
      case UnknownHostException _ -> "the name is not known";
      case SocketTimeoutException _ -> "no answer in time";
      case NoRouteToHostException _ -> "no way there";
      case ConnectException _ -> "refused";
      default -> String.valueOf(trouble.getMessage());
    };
  }
}
