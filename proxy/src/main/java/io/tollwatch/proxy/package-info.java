/// The sidecar: configuration, listeners and everything between them put together, started,
/// reloaded and drained.
@NullMarked
package io.tollwatch.proxy;

import org.jspecify.annotations.NullMarked;
