package io.tollwatch.dispatch;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;

/// A call as it arrived, addressed to a provider. Immutable but for a streamed body.
///
/// @param target path and query byte for byte, as the provider knows them but for its base path
/// @param fields the caller's end-to-end fields, without `Host` and `Tollwatch-*`
/// @param captured the beginning of the body, for the record
public record Incoming(
    Origin origin,
    String method,
    String target,
    Fields fields,
    RequestBody body,
    CapturedBody captured) {}
