/// Runs checks when they are due, each at one of several replicas. db-scheduler keeps in the
/// ledger's database who has which check, and notices replicas that died; what it has claimed some
/// seconds ahead is begun by a timer of this process. No type of it leaves this package.
@NullMarked
package io.tollwatch.checks.scheduler;

import org.jspecify.annotations.NullMarked;
