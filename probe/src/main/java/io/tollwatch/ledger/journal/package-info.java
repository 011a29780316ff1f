/// An append-only journal of byte records in a folder of segment files, safe from the moment that
/// [Journal#append] returns: the operating system's page cache has the record then, whatever
/// becomes of this process. It knows nothing of what the records mean.
///
/// A segment is a file of fixed size, filled with zeros ahead of its use and then mapped: a header
/// ([SegmentHeader]), frames one after the other, and a copy of the header at its end. A frame's
/// length is stored last, so that what a kill cuts short is a length of zero. A frame's header is
/// bound to its journal, segment and offset by a checksum ([FrameCheck]), so that no content can
/// pass for a frame when [JournalReader] looks for the next one behind a damaged place.
@NullMarked
package io.tollwatch.ledger.journal;

import org.jspecify.annotations.NullMarked;
