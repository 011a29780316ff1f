/// Finds incidents: a pure function of the ledger. Calls go minute by minute through watches, each
/// of which looks for one kind of sign against what is normal there; breakers, old doubts and
/// silent webhooks give signs, too. Signs that belong together are one incident.
@NullMarked
package io.tollwatch.report.incident;

import org.jspecify.annotations.NullMarked;
