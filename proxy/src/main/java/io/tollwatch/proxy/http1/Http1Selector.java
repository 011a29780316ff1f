package io.tollwatch.proxy.http1;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.function.LongSupplier;

/// Makes Helidon hand each connection of a listener to a handler of ours. Thread-safe.
///
/// @param headBytes how long a request's head may be
/// @param nanos a monotonic clock
public record Http1Selector(Http1Handler handler, int headBytes, LongSupplier nanos)
    implements ServerConnectionSelector {

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of("http/1.1");
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Http1Connection(context, handler, headBytes, nanos);
  }
}
