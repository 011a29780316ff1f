package io.tollwatch.proxy.http1;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.function.Consumer;

/// One request of a client, to be answered once. Confined to the connection's thread.
///
/// @param body reads the body; asks the client for it first where it waits to be asked. A failing
///   read means that the client cut it
/// @param answer where the answer goes
/// @param peer the client's address
/// @param goneWatch tells when the client goes away
public record ServerExchange(
    RequestHead head,
    InputStream body,
    AnswerWriter answer,
    InetAddress peer,
    Consumer<Runnable> goneWatch) {

  /// Has the client watched from now on, if its body was read whole: runs the action, on another
  /// thread, if it closes its side before it has its answer. Does nothing while the body still
  /// comes: who reads it sees the client go.
  public void whenGone(Runnable action) {
    goneWatch.accept(action);
  }
}
