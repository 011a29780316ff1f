package io.tollwatch.ledger.journal;

import java.time.Instant;

/// A segment on the disk. Immutable.
///
/// @param number its number, from 1
/// @param bytes its size
/// @param lastModified when something was last written to it
/// @param live whether records are appended to it now
public record Segment(long number, long bytes, Instant lastModified, boolean live) {}
