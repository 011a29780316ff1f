/// The records that the ledger keeps: exchanges, what was intended and what came of it. Everything
/// here is redacted already.
@NullMarked
package io.tollwatch.exchange;

import org.jspecify.annotations.NullMarked;
