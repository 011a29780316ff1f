/// Reports: pure functions of the ledger, so that the same data gives the same bytes. What they
/// count is in `figures`, what they say in `page`, how it is written in `write` and `har`. A new
/// report is a [io.tollwatch.report.ReportKind] and a class that makes a page of facts.
@NullMarked
package io.tollwatch.report;

import org.jspecify.annotations.NullMarked;
