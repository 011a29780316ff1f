/// What is in doubt, and how it is resolved: a register of the payments that may have been taken,
/// and a reconciler that asks the gateways about them within a budget. Nothing here ever sends a
/// payment again, and nothing turns to failed by waiting.
@NullMarked
package io.tollwatch.reconcile;

import org.jspecify.annotations.NullMarked;
