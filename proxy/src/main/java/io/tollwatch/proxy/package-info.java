/// Placeholder.
@NullMarked
package io.tollwatch.proxy;

import org.jspecify.annotations.NullMarked;
