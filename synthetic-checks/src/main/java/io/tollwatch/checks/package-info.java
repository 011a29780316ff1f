/// Placeholder.
@NullMarked
package io.tollwatch.checks;

import org.jspecify.annotations.NullMarked;
