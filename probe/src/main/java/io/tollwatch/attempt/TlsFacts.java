package io.tollwatch.attempt;

import java.time.Instant;

/// The TLS side of a connection. Immutable.
///
/// @param version such as `TLSv1.3`
/// @param cipher the suite's standard name
/// @param certificateExpires when the first certificate of the provider's chain to expire does so
public record TlsFacts(String version, String cipher, Instant certificateExpires) {}
