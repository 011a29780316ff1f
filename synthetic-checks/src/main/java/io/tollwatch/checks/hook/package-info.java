/// The dead-man's switch of checks: webhooks that must come while a run waits for them.
@NullMarked
package io.tollwatch.checks.hook;

import org.jspecify.annotations.NullMarked;
