/// Judges answers that did not pass through this process: from files of browsers, tests and logs,
/// and from the ledger once more with today's profiles. Nothing is sent, settled or written, and
/// what is shown is redacted like all that is kept.
@NullMarked
package io.tollwatch.proxy.judging;

import org.jspecify.annotations.NullMarked;
