package io.tollwatch.exchange;

import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.KeptBody;

/// What is kept of a provider's answer, complete or not. Immutable, redacted.
///
/// @param fields the allow-listed answer fields
public record Answer(int status, Fields fields, KeptBody body) {}
