package io.tollwatch.routing;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.TextHash;
import io.tollwatch.taxonomy.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The attempts that succeeded last, as columns of a table: some 120 bytes each, where objects took
/// 800 and 200,000 of them more than the sidecar's whole heap. What a payment is known by is kept
/// as a hash of its fingerprint: one that was taken for another would stay at the other's provider,
/// which charges nobody twice (P1). Confined to its owner's lock.
final class Succeeded {

  private static final int FIRST_SLOTS = 1_024;

  private final int max;
  private SlotIndex byKey;
  private SlotIndex byReference;
  private SlotIndex byExchange;
  private byte[][] exchanges;
  private String[] providers;
  private long[] nanos;
  private int size;
  private int next;

  /// @param max how many are remembered
  Succeeded(int max) {
    this.max = max;
    int slots = Math.min(max, FIRST_SLOTS);
    this.byKey = new SlotIndex(slots);
    this.byReference = new SlotIndex(slots);
    this.byExchange = new SlotIndex(slots);
    this.exchanges = new byte[slots][];
    this.providers = new String[slots];
    this.nanos = new long[slots];
  }

  /// Adds one that is not among them.
  ///
  /// @return when the one began that is forgotten for it
  Optional<Instant> add(Standing attempt) {
    Optional<Instant> forgotten = makeRoom();
    int slot = next;
    exchanges[slot] = attempt.exchange().getBytes(StandardCharsets.UTF_8);
    providers[slot] = attempt.provider();
    nanos[slot] = ChronoUnit.NANOS.between(Instant.EPOCH, attempt.at());
    byExchange.add(slot, TextHash.of(attempt.exchange()));
    attempt.identity().key().ifPresent(key -> byKey.add(slot, TextHash.of(key)));
    attempt.identity().reference().ifPresent(text -> byReference.add(slot, TextHash.of(text)));
    next = next + 1 == max ? 0 : next + 1;
    return forgotten;
  }

  private Optional<Instant> makeRoom() {
    if (size == max) {
      Instant at = at(next);
      byKey.remove(next);
      byReference.remove(next);
      byExchange.remove(next);
      return Optional.of(at);
    }
    if (size == nanos.length) {
      grow((int) Math.min(max, 2L * size));
    }
    size++;
    return Optional.empty();
  }

  private void grow(int slots) {
    byKey = byKey.grown(slots);
    byReference = byReference.grown(slots);
    byExchange = byExchange.grown(slots);
    exchanges = Arrays.copyOf(exchanges, slots);
    providers = Arrays.copyOf(providers, slots);
    nanos = Arrays.copyOf(nanos, slots);
  }

  /// Whether it is among them. Compares the id itself: one that was taken for another would be left
  /// out when the index is rebuilt, and might still be in doubt.
  boolean knows(String exchange) {
    byte[] id = exchange.getBytes(StandardCharsets.UTF_8);
    int slot = byExchange.first(TextHash.of(exchange));
    while (slot >= 0 && !Arrays.equals(exchanges[slot], id)) {
      slot = byExchange.after(slot);
    }
    return slot >= 0;
  }

  /// Those of a payment, by its key or its reference. Each has of the identity what it shares.
  List<Standing> of(PaymentIdentity identity) {
    Set<Integer> slots = new LinkedHashSet<>();
    identity.key().ifPresent(key -> collect(byKey, TextHash.of(key), slots));
    identity.reference().ifPresent(text -> collect(byReference, TextHash.of(text), slots));
    List<Standing> found = new ArrayList<>(slots.size());
    slots.forEach(slot -> found.add(standing(slot, identity)));
    return found;
  }

  private static void collect(SlotIndex index, long hash, Set<Integer> slots) {
    for (int slot = index.first(hash); slot >= 0; slot = index.after(slot)) {
      slots.add(slot);
    }
  }

  private Standing standing(int slot, PaymentIdentity identity) {
    PaymentIdentity shared =
        new PaymentIdentity(
            identity.channel(),
            identity.key().filter(key -> byKey.has(slot, TextHash.of(key))),
            identity.reference().filter(text -> byReference.has(slot, TextHash.of(text))));
    return new Standing(
        new String(exchanges[slot], StandardCharsets.UTF_8),
        providers[slot],
        shared,
        Money.SUCCEEDED,
        false,
        at(slot));
  }

  private Instant at(int slot) {
    return Instant.ofEpochSecond(0, nanos[slot]);
  }

  int size() {
    return size;
  }
}
