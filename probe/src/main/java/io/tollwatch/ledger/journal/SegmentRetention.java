package io.tollwatch.ledger.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which segments need not be kept any longer. A pure function. Immutable.
///
/// @param keepAge how long a segment is kept after its last record
/// @param keepBytes what is kept at most of segments that are done with, the live one included
public record SegmentRetention(Duration keepAge, long keepBytes) {

  /// The segments that may be deleted, oldest first. A segment that is live or not yet passed
  /// stays, and so does everything behind one that stays: a gap would look like a loss.
  ///
  /// @param segments all there are, in any order
  /// @param passed up to where everything has been read and is safe elsewhere
  public List<Segment> deletable(List<Segment> segments, Position passed, Instant now) {
    List<Segment> oldestFirst =
        segments.stream().sorted((a, b) -> Long.compare(a.number(), b.number())).toList();
    long bytes = segments.stream().mapToLong(Segment::bytes).sum();
    List<Segment> deletable = new ArrayList<>();
    for (Segment segment : oldestFirst) {
      boolean old = segment.lastModified().plus(keepAge).isBefore(now);
      boolean needed = segment.live() || segment.number() >= passed.segment();
      if (needed || (!old && bytes <= keepBytes)) {
        break;
      }
      deletable.add(segment);
      bytes -= segment.bytes();
    }
    return deletable;
  }
}
