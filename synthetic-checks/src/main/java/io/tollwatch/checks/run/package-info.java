/// Runs checks: each step by the way that live calls take, the clean-up on every way out, and the
/// register of the test money that is still out.
@NullMarked
package io.tollwatch.checks.run;

import org.jspecify.annotations.NullMarked;
