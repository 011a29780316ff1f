/// Everything recorded: the seam that the request path writes to ([io.tollwatch.ledger.Ledger]), a
/// bounded queue and one writer in front of the store ([io.tollwatch.ledger.StoredLedger]), and the
/// folder it lies in ([io.tollwatch.ledger.DataFolder]). The store itself, which queries read, is
/// [io.tollwatch.ledger.store].
@NullMarked
package io.tollwatch.ledger;

import org.jspecify.annotations.NullMarked;
