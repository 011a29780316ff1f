/// Replays of outages that real gateways had: the same customers pay through a sidecar, and without
/// one, at fake gateways that fail as the real ones did. The gateways' books and the sidecar's
/// ledger say what came of it.
@NullMarked
package io.tollwatch.proxy.incident;

import org.jspecify.annotations.NullMarked;
