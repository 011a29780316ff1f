package io.tollwatch.dispatch;

import io.tollwatch.wire.CallerWatch;

/// One request of a service, and who waits for its answer. Confined to its thread.
///
/// @param gone through which an attempt can be broken off while it runs
record Call(Incoming incoming, Caller caller, CallerWatch gone) {}
