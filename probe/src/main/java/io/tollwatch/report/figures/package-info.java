/// What reports count and measure: each figure is fed with facts of the ledger and depends on
/// nothing else.
@NullMarked
package io.tollwatch.report.figures;

import org.jspecify.annotations.NullMarked;
