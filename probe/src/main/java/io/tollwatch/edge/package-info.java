/// What a verdict is called in other worlds, derived where it leaves us and carried nowhere inside:
/// OpenTelemetry's `error.type`, a response flag in Envoy's manner, and a number by layer.
@NullMarked
package io.tollwatch.edge;

import org.jspecify.annotations.NullMarked;
