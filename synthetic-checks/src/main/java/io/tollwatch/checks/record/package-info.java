/// Writes checks from what was recorded.
@NullMarked
package io.tollwatch.checks.record;

import org.jspecify.annotations.NullMarked;
