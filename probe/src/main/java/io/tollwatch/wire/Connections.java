package io.tollwatch.wire;

import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ConnectionHolder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// The pool of connections to one provider: `blocked`, `dns`, `connect` and `tls`. Thread-safe.
final class Connections implements AutoCloseable {

  /// A connection holds three buffers of this size for as long as its call waits: a usual head fits
  /// in, and a body that is longer passes by them.
  private static final int BUFFER_BYTES = 2048;

  private static final Http1Config HTTP =
      Http1Config.custom()
          .setBufferSize(BUFFER_BYTES)
          .setMaxHeaderCount(256)
          .setMaxLineLength(64 * 1024)
          .setMaxEmptyLineCount(1)
          .build();

  /// After this idle time a connection is looked at before it is used: reading costs a millisecond,
  /// and catches only those that the provider closed already.
  private static final TimeValue LOOK_AFTER = TimeValue.ofSeconds(1);

  /// HttpClient wants an id for its log lines, which are off.
  private static final String TRIP_ID = "trip";

  private final WireSettings settings;
  private final HttpRoute route;
  private final PoolingHttpClientConnectionManager pool;
  private volatile boolean retired;

  Connections(WireSettings settings) {
    this.settings = settings;
    this.route = route(settings.endpoint(), settings.upstreamProxy());
    this.pool =
        new PoolingHttpClientConnectionManager(
            new PhasedOperator(
                new NameLookup(settings.limits().connect()), new TlsHandshake(settings.tls())),
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            socket -> new TracedConnection(HTTP));
    pool.setMaxTotal(settings.poolSize());
    pool.setDefaultMaxPerRoute(settings.poolSize());
    pool.setDefaultSocketConfig(
        SocketConfig.custom().setSoTimeout(Timeout.DISABLED).setTcpNoDelay(true).build());
    pool.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.ofMilliseconds(settings.limits().connect().toMillis()))
            .setSocketTimeout(Timeout.DISABLED)
            .setValidateAfterInactivity(LOOK_AFTER)
            .build());
    // the watchdog keeps the handshake's time; the default would be the connect timeout
    pool.setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(Timeout.DISABLED).build());
  }

  /// Waits for a connection, open or not.
  ConnectionEndpoint lease(Trip trip) throws IOException {
    trip.timer().enter(Phase.BLOCKED);
    Timeout limit = Timeout.ofMilliseconds(settings.limits().pool().toMillis());
    try {
      ConnectionEndpoint endpoint = pool.lease(TRIP_ID, route, limit, null).get(limit);
      trip.timer().leave();
      return endpoint;
    } catch (TimeoutException e) {
      throw new SocketTimeoutException(
          "no pooled connection was free within %d ms (pool-size %d)"
              .formatted(settings.limits().pool().toMillis(), settings.poolSize()));
    } catch (ExecutionException e) {
      throw new IOException("no pooled connection", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting for a pooled connection");
    }
  }

  /// Opens the connection unless it is open, and puts the trip on it. Gives whether it is reused.
  boolean open(ConnectionEndpoint endpoint, Trip trip) throws IOException, HttpException {
    if (endpoint.isConnected()) {
      TracedConnection idle = connection(endpoint);
      if (!idle.dataWaits() && !idle.sawEnd()) {
        return idle.carry(trip);
      }
      // an answer nobody asked for must not become the answer of this request, and where the
      // provider has said goodbye there will be none
      endpoint.close(CloseMode.IMMEDIATE);
    }
    HttpContext context = HttpCoreContext.create();
    context.setAttribute(PhasedOperator.TRIP, trip);
    Endpoint firstHop = settings.upstreamProxy().orElse(settings.endpoint());
    if (!firstHop.literal()) {
      trip.timer().enter(Phase.DNS);
    }
    pool.connect(endpoint, null, context);
    if (settings.upstreamProxy().isPresent()) {
      openTunnel(endpoint, trip, context);
    }
    return false;
  }

  TracedConnection connection(ConnectionEndpoint endpoint) throws IOException {
    if (endpoint instanceof ConnectionHolder holder
        && holder.get() instanceof TracedConnection traced) {
      return traced;
    }
    throw new IOException("the connection is closed");
  }

  /// Gives the connection back to the pool.
  ///
  /// @param keepAlive how long it may be idle, or null to close it
  void giveBack(ConnectionEndpoint endpoint, @Nullable TimeValue keepAlive) {
    TimeValue idle = retired ? null : keepAlive;
    if (idle == null) {
      endpoint.close(CloseMode.IMMEDIATE);
    }
    pool.release(endpoint, null, idle);
  }

  /// Closes those that nobody uses now: one that had been idle broke, and the others may have met
  /// the same fate (a load balancer that lost its connections, a gateway that was started again).
  /// Each of them could leave a payment in doubt, and say no more of the provider than this one.
  void distrustIdle() {
    pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  void retire() {
    retired = true;
    distrustIdle();
  }

  @Override
  public void close() {
    pool.close(CloseMode.IMMEDIATE);
  }

  /// Asks the upstream proxy for a tunnel (RFC 9110, section 9.3.6), which is part of connecting.
  private void openTunnel(ConnectionEndpoint endpoint, Trip trip, HttpContext context)
      throws IOException, HttpException {
    trip.timer().enter(Phase.CONNECT);
    TracedConnection hop = connection(endpoint);
    Endpoint target = settings.endpoint();
    String authority = authority(target);
    var request = new BasicClassicHttpRequest("CONNECT", (String) null);
    request.setPath(authority);
    request.addHeader("Host", authority);
    hop.sendRequestHeader(request);
    hop.flush();
    ClassicHttpResponse answer = hop.receiveWholeHead();
    if (answer.getCode() / 100 != 2) {
      throw new TunnelRefused(answer.getCode());
    }
    trip.timer().leave();
    if (target.tls()) {
      pool.upgrade(endpoint, context);
    }
  }

  private static String authority(Endpoint target) {
    String host = target.host();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + target.port();
  }

  private static HttpRoute route(Endpoint target, Optional<Endpoint> proxy) {
    return proxy
        .map(hop ->
            new HttpRoute(
                host(target),
                null,
                new HttpHost[] {host(hop)},
                target.tls(),
                RouteInfo.TunnelType.TUNNELLED,
                target.tls() ? RouteInfo.LayerType.LAYERED : RouteInfo.LayerType.PLAIN))
        .orElseGet(() -> new HttpRoute(host(target), null, target.tls()));
  }

  private static HttpHost host(Endpoint endpoint) {
    return new HttpHost(endpoint.tls() ? "https" : "http", endpoint.host(), endpoint.port());
  }
}
