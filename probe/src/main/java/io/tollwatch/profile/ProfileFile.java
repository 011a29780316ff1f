package io.tollwatch.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A profile as it stands in its file, word for word; `profile.schema.json` says what may stand
/// there. What may be left out is nullable.
record ProfileFile(
    String name,
    int version,
    boolean json,
    @Nullable List<RouteRow> routes,
    @Nullable List<TableRow> errors,
    @Nullable List<TableRow> outcomes,
    @Nullable FactRow request,
    @Nullable FactRow answer,
    @Nullable AmountRow amounts,
    @Nullable IdempotencyRow idempotency,
    @Nullable List<HintRow> hints,
    @Nullable SecretRow secrets) {

  record RouteRow(
      String method,
      List<String> paths,
      @Nullable Map<String, String> parameter,
      @Nullable String label,
      String operation,
      @Nullable Boolean movesMoney) {}

  record TableRow(
      String at,
      @Nullable String name,
      @Nullable Map<String, Set<String>> when,
      @Nullable List<String> requires,
      @Nullable Set<Integer> statuses,
      @Nullable List<String> operations,
      @Nullable Boolean closed,
      @Nullable Set<Integer> http,
      Map<String, RuleRow> rules) {}

  record RuleRow(
      String category,
      String fault,
      @Nullable String money,
      @Nullable String action,
      @Nullable Boolean routingHealth,
      @Nullable Boolean slaFault,
      @Nullable Set<Integer> http,
      @Nullable String finalSource) {}

  record FactRow(
      @Nullable List<String> message,
      @Nullable List<String> requestId,
      @Nullable List<String> reference,
      @Nullable List<String> amount,
      @Nullable List<String> currency,
      @Nullable List<String> payment) {}

  record AmountRow(String unit, @Nullable String currency) {}

  record IdempotencyRow(@Nullable String key, @Nullable String lives) {}

  record HintRow(
      String at,
      @Nullable String value,
      @Nullable List<String> beats,
      String action,
      @Nullable Boolean inDoubt) {}

  record SecretRow(
      @Nullable Set<String> fields, @Nullable Set<String> headers, @Nullable Set<String> exempt) {}

  /// A list that was left out is empty.
  static <T> List<T> list(@Nullable List<T> list) {
    return Optional.ofNullable(list).orElse(List.of());
  }

  /// A set that was left out is empty.
  static <T> Set<T> set(@Nullable Set<T> set) {
    return Optional.ofNullable(set).orElse(Set.of());
  }
}
