package io.tollwatch.proxy.demo;

import io.tollwatch.attempt.Fields;
import java.util.Optional;

/// One call of the demonstration. Immutable.
///
/// @param story what happens, for people
/// @param target with the provider in front
/// @param body empty for a GET
record DemoCall(String story, String target, Fields fields, Optional<String> body) {

  /// The same call with the field that asks a fake gateway to misbehave.
  DemoCall spoiled(String newStory, String fault) {
    return new DemoCall(newStory, target, fields.plus("X-Fixture-Fault", fault), body);
  }

  /// The same call once more.
  DemoCall again(String newStory) {
    return new DemoCall(newStory, target, fields.keep(field -> !field.is("X-Fixture-Fault")), body);
  }
}
