package io.tollwatch.profile;

import io.tollwatch.taxonomy.Operation;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What Tollwatch knows about a kind of gateway. Immutable, thread-safe. Tables and routes of a
/// user's file stand before the shipped ones.
///
/// @param id name and version, such as `stripe@1`, of an extension with what it extends:
///   `stripe@3+stripe@1`
/// @param answers what kinds of bodies it answers with; empty where anything may come. Where none
///   of them came, and nothing else is known, the answer is lost
/// @param routes which calls move money
/// @param errors codes of any answer, the most specific place first
/// @param outcomes what a 2xx to a call that moves money may say; without one of these it is no
///   success
/// @param known all codes that some table knows, by place
/// @param request where the facts stand in requests
/// @param answer where the facts stand in answers
/// @param rails how the card brand, the wallet or the bank of a payment is told
/// @param cannotMove requests that can't go to another account
/// @param lookup how a payment in doubt is looked up
/// @param hints the first that is given and beats the action found counts
public record Profile(
    String name,
    String id,
    Set<Content.Kind> answers,
    Routes routes,
    List<CodeTable> errors,
    List<CodeTable> outcomes,
    Map<Place, Set<String>> known,
    FactPlaces request,
    FactPlaces answer,
    Rails rails,
    Amounts amounts,
    Idempotency idempotency,
    List<Immovable> cannotMove,
    Lookup lookup,
    List<Hint> hints,
    Secrets secrets) {

  public Profile {
    answers = Set.copyOf(answers);
    errors = List.copyOf(errors);
    outcomes = List.copyOf(outcomes);
    known = Map.copyOf(known);
    cannotMove = List.copyOf(cannotMove);
    hints = List.copyOf(hints);
  }

  static Map<Place, Set<String>> known(List<CodeTable> errors, List<CodeTable> outcomes) {
    Map<Place, Set<String>> known = new HashMap<>();
    Stream.concat(errors.stream(), outcomes.stream())
        .forEach(table -> {
          Set<String> codes = known.computeIfAbsent(table.at(), _ -> new HashSet<>());
          codes.addAll(table.rules().keySet());
          codes.addAll(table.silent());
        });
    return known;
  }

  /// What a call does.
  ///
  /// @param method as the caller wrote it
  /// @param target path and query as the gateway knows them, without a configured base path
  /// @param body the request body's text, asked for only if the route depends on it; empty text
  ///   where it is not at hand
  /// @param contentType the request's content type, empty if it has none
  public Route route(String method, String target, Supplier<String> body, String contentType) {
    return routes.find(method, target, body, contentType);
  }

  /// Reads an answer's body as one of this gateway.
  public Content content(String body) {
    return Content.ofAnswer(body, answers);
  }

  /// Whether it always speaks in bodies that can be read, so that anything else is not its word.
  public boolean speaks() {
    return !answers.isEmpty();
  }

  /// Its tables, in the order in which they are read.
  public Stream<CodeTable> tables() {
    return Stream.concat(errors.stream(), outcomes.stream());
  }

  /// What its routes are for, in the order of the words.
  public Set<Operation> operations() {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    routes.rows().forEach(row -> operations.add(row.route().operation()));
    return operations;
  }

  /// Whether some table knows a code at this place.
  public boolean knows(Place place, String code) {
    return known.getOrDefault(place, Set.of()).contains(code);
  }

  /// Why a request can't go to another account; empty if it can, as far as is known.
  public Optional<Immovable.Why> cannotMove(Operation operation, Message request) {
    return cannotMove.stream()
        .filter(each -> each.holds(operation, request))
        .map(Immovable::why)
        .findFirst();
  }
}
