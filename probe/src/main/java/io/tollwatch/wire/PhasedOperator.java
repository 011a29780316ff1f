package io.tollwatch.wire;

import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Opens connections and tells the trip in the context which phase that is. Thread-safe.
final class PhasedOperator extends DefaultHttpClientConnectionOperator {

  static final String TRIP = "tollwatch.trip";

  private static final String CONNECTION = "tollwatch.connection";

  PhasedOperator(DnsResolver names, TlsSocketStrategy tls) {
    super(null, names, RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable NamedEndpoint name,
      @Nullable Path unixSocket,
      @Nullable InetSocketAddress local,
      @Nullable Timeout timeout,
      SocketConfig socketConfig,
      @Nullable Object attachment,
      HttpContext context)
      throws IOException {
    if (connection instanceof TracedConnection traced) {
      context.setAttribute(CONNECTION, traced);
      var _ = traced.carry(trip(context));
    }
    super.connect(
        connection, host, name, unixSocket, local, timeout, socketConfig, attachment, context);
  }

  @Override
  protected void onBeforeSocketConnect(HttpContext context, HttpHost host) {
    trip(context).facts(ConnectionFacts.none());
    trip(context).timer().enter(Phase.CONNECT);
  }

  @Override
  protected void onAfterSocketConnect(HttpContext context, HttpHost host) {
    if (context.getAttribute(CONNECTION) instanceof TracedConnection traced) {
      // a handshake that fails has a peer too
      trip(context).facts(traced.facts(false));
    }
    trip(context).timer().leave();
  }

  @Override
  protected void onBeforeTlsHandshake(HttpContext context, HttpHost host) {
    trip(context).timer().enter(Phase.TLS);
  }

  @Override
  protected void onAfterTlsHandshake(HttpContext context, HttpHost host) {
    trip(context).timer().leave();
  }

  private static Trip trip(HttpContext context) {
    return (Trip) Objects.requireNonNull(context.getAttribute(TRIP));
  }
}
