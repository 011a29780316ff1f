@NullMarked
package io.tollwatch.timing;

import org.jspecify.annotations.NullMarked;
