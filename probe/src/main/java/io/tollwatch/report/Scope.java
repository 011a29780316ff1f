package io.tollwatch.report;

import io.tollwatch.ledger.store.Slice;
import io.tollwatch.report.page.Sentence;
import java.util.ArrayList;
import java.util.List;

/// What a report is about, in words. Stateless.
final class Scope {

  /// What a report concludes if it is about no call.
  static final Sentence NO_CALL =
      Sentence.of("There is no call in this time that meets the filters.");

  private Scope() {}

  static List<String> words(Slice slice) {
    List<String> words = new ArrayList<>();
    slice.provider().ifPresent(provider -> words.add("Provider " + provider));
    slice.channel().ifPresent(channel -> words.add("Channel " + channel));
    slice.operation().ifPresent(operation -> words.add("Operation " + operation.word()));
    slice.origin().ifPresent(origin -> words.add("Calls of origin " + origin.word()));
    return words.isEmpty() ? List.of() : List.of(String.join(", ", words));
  }
}
