package io.tollwatch.attempt;

/// Status line and fields of a provider's final answer (never a 1xx). Immutable.
///
/// @param reason the reason phrase, possibly empty
public record AnswerHead(int status, String reason, Fields fields) {}
