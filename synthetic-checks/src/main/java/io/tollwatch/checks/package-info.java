/// Synthetic transactions: scripts of calls to payment gateways with assertions, and a clean-up
/// that runs on every way out.
@NullMarked
package io.tollwatch.checks;

import org.jspecify.annotations.NullMarked;
