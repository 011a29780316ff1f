/// Where the time of one attempt goes: the phases, the timer that an attempt is measured with and
/// the timings that are kept. Raw nanoseconds never leave this package but as [PhaseTimings].
@NullMarked
package io.tollwatch.timing;

import org.jspecify.annotations.NullMarked;
