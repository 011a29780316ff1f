package io.tollwatch.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tollwatch.profile.Profiles;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the classifier with the shipped profiles against the collected facts, row by row. Per
/// gateway there are two files in `rows/`: `stripe.csv` is a copy of the facts, and `stripe.yaml`
/// says how to build an answer for each `where` of them, and which rows were found wrong and why.
/// The tables were filled from the same facts, so this finds rows that are lost, shadowed, misread
/// or changed since, and corrections that nothing needs any more.
class TaxonomyRowsTest {

  @TestFactory
  Stream<DynamicNode> everyRowHasItsVerdict() {
    return files()
        .map(Rows::of)
        .map(rows ->
            dynamicContainer(
                rows.file(),
                rows.all().stream().map(row -> dynamicTest(row.title(), () -> rows.check(row)))));
  }

  @TestFactory
  Stream<DynamicNode> everyCorrectionDiffersFromItsRow() {
    return files()
        .map(Rows::of)
        .map(rows ->
            dynamicContainer(
                rows.file(),
                rows.corrections().stream()
                    .map(correction ->
                        dynamicTest(correction.title(), () -> rows.check(correction)))));
  }

  @Test
  void everyShippedProfileHasRows() {
    Set<String> names = new TreeSet<>(Profiles.shipped().names());
    names.remove(Profiles.GENERIC);
    assertThat(names).isNotEmpty();
    for (String name : names) {
      assertThat(Rows.of(name).all()).as(name).isNotEmpty();
    }
  }

  /// The gateways, and the codes of the card networks, which belong to none.
  private static Stream<String> files() {
    return Stream.concat(
            Judging.PROFILES.names().stream().filter(name -> !name.equals(Profiles.GENERIC)),
            Stream.of("iso8583"))
        .sorted();
  }
}
