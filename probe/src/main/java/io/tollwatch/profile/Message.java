package io.tollwatch.profile;

import io.tollwatch.attempt.Fields;

/// A request or an answer, as places are read from it. Immutable.
///
/// @param target path and query of a request; empty of an answer
/// @param status of an answer; 0 of a request
/// @param content its body, of a request its parameters too
public record Message(String target, int status, Fields fields, Content content) {

  /// An answer.
  public static Message answer(int status, Fields fields, Content content) {
    return new Message("", status, fields, content);
  }

  /// A request.
  ///
  /// @param target path and query
  /// @param body the body's text, empty if it is not at hand
  public static Message request(String target, Fields fields, String body) {
    String type = fields.first("Content-Type").orElse("");
    return new Message(target, 0, fields, Content.ofRequest(target, type, body));
  }
}
