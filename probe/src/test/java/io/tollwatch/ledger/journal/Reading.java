package io.tollwatch.ledger.journal;

import io.tollwatch.ledger.journal.Appended.Kept;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What a journal gives back.
///
/// @param texts the payloads as text
record Reading(List<JournalRecord> records, List<String> texts, List<Damage> damages) {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  /// Reads a folder that nobody has open.
  static Reading all(Path folder) {
    return from(folder, Position.BEGINNING);
  }

  static Reading from(Path folder, Position position) {
    List<Damage> damages = new ArrayList<>();
    var opening = JournalReader.open(folder, position, damages::add);
    try (JournalReader reader = ((Opening.Ready<JournalReader>) opening).opened()) {
      return upTo(Position.UNBOUNDED, reader, damages);
    }
  }

  /// Reads an open journal.
  static Reading of(Journal journal) {
    List<Damage> damages = new ArrayList<>();
    try (JournalReader reader = journal.reader(Position.BEGINNING, damages::add)) {
      return upTo(journal.end(), reader, damages);
    }
  }

  private static Reading upTo(Position end, JournalReader reader, List<Damage> damages) {
    List<JournalRecord> records = new ArrayList<>();
    JournalReader.Batch batch = reader.read(end, 100, 1 << 20);
    while (!batch.records().isEmpty()) {
      records.addAll(batch.records());
      batch = reader.read(end, 100, 1 << 20);
    }
    return new Reading(records, records.stream().map(Reading::text).toList(), damages);
  }

  static Journal open(Path folder, JournalSettings settings) {
    return ((Opening.Ready<Journal>) Journal.open(folder, settings, CLOCK)).opened();
  }

  /// Small segments: 64 KiB.
  static JournalSettings small() {
    return JournalSettings.defaults().withSegmentBytes(64 << 10);
  }

  /// Appends until it is kept: a supply of small segments may be behind for a moment.
  static Kept keep(Journal journal, byte[] payload) {
    Appended appended = journal.append((byte) 1, payload);
    while (!(appended instanceof Kept)) {
      Thread.onSpinWait();
      appended = journal.append((byte) 1, payload);
    }
    return (Kept) appended;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(JournalRecord record) {
    return new String(record.payload(), StandardCharsets.UTF_8);
  }
}
