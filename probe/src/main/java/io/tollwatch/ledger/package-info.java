/// Everything recorded: the seam that the request path writes to ([Ledger]), the store behind it
/// ([StoredLedger]: a bounded queue, one writer, an embedded database), what queries read
/// ([ExchangeReader]), and the folder it lies in ([DataFolder]). The store is an index fed in
/// batches: feeding it the same again changes nothing. JDBC stays in here.
@NullMarked
package io.tollwatch.ledger;

import org.jspecify.annotations.NullMarked;
