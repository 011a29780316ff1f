/// What operators see while it runs: metrics and a log line for each call that did not end well.
@NullMarked
package io.tollwatch.proxy.telemetry;

import org.jspecify.annotations.NullMarked;
