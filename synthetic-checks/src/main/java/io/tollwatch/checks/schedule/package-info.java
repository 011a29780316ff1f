/// When checks run, and how they stand: pure functions of a schedule, a time and what runs came to.
/// Every replica computes the same times. Nothing here waits or asks a clock.
@NullMarked
package io.tollwatch.checks.schedule;

import org.jspecify.annotations.NullMarked;
