/// Everything recorded: the seam that the request path writes to, and the store that queries read.
/// JDBC stays in here.
@NullMarked
package io.tollwatch.ledger;

import org.jspecify.annotations.NullMarked;
