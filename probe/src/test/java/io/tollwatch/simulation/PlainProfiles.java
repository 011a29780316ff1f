package io.tollwatch.simulation;

import java.util.List;

/// The profiles of gateways that no shipped profile knows. Stateless.
final class PlainProfiles {

  private static final String PAYMENTS =
      """
      name: NAME
      version: 1
      answers: [json]
      routes:
        - {method: POST, paths: [/payments], operation: pay}
        - {method: POST, paths: ["/payments/{id}/cancel", /cancels], operation: void}
        - {method: GET, paths: ["/payments/{id}"], operation: query}
      outcomes:
        - at: $.status
          operations: [pay]
          requires: [$.id]
          http: [200]
          closed: true
          rules:
            paid: {category: succeeded, fault: none}
            failed: {category: decline_hard, fault: issuer}
            pending: {category: pending, fault: none}
      request: {reference: [$.reference], amount: [$.amount], currency: [$.currency]}
      answer: {payment: [$.id]}
      amounts: {unit: minor}
      idempotency: {key: header Idempotency-Key, lives: 24h, scope: account, other-body: refused}
      lookup:
      """;

  /// Finds each payment by its reference.
  private static final String LOOKUP =
      """
        absence: ABSENCE
        calls:
          - method: GET
            path: "/payments/{reference}"
            operations: [pay]
            state: $.status
            states: {paid: succeeded, failed: rejected, pending: pending}
            missing: [404]
      """;

  private static final String BY_REFERENCE =
      """
        cancel:
          method: POST
          path: "/payments/{reference}/cancel"
          operations: [pay]
          state: $.status
          states: STATES
          missing: [404]
          pending: true
      """;

  private static final String BY_KEY =
      """
        cancel:
          method: POST
          path: /cancels
          body: '{"key":"{key}"}'
          operations: [pay]
          state: $.status
          states: STATES
      """;

  private PlainProfiles() {}

  /// The texts of all of them, in the order of [Ending].
  ///
  /// @param absence how long "not found" must be said before it is believed
  static List<String> of(String absence) {
    return List.of(
        named(Ending.NONE, LOOKUP, absence),
        named(Ending.BY_REFERENCE, LOOKUP + BY_REFERENCE, absence),
        named(Ending.BY_KEY, BY_KEY, absence));
  }

  private static String named(Ending ending, String lookup, String absence) {
    return (PAYMENTS + lookup)
        .replace("NAME", ending.profile())
        .replace("ABSENCE", absence)
        .replace("STATES", "{cancelled: rejected}");
  }
}
