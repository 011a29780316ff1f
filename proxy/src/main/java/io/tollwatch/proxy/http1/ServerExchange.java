package io.tollwatch.proxy.http1;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.security.cert.Certificate;

/// One request of a client, to be answered once. Confined to the connection's thread.
///
/// @param body reads the body; asks the client for it first where it waits to be asked. A failing
///     read means that the client cut it
/// @param answer where the answer goes
/// @param peer the client's address
/// @param certificates the client's certificate chain, empty if it showed none
public record ServerExchange(
    RequestHead head,
    InputStream body,
    AnswerWriter answer,
    InetAddress peer,
    List<Certificate> certificates) {}
