/// Synthetic transactions: scripts, schedules and the runner that always cleans up. Empty so far:
/// only the module's place in the build is fixed.
@NullMarked
package io.tollwatch.checks;

import org.jspecify.annotations.NullMarked;
