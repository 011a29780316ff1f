/// Work that goes on beside the calls and steps back behind them.
@NullMarked
package io.tollwatch.background;

import org.jspecify.annotations.NullMarked;
