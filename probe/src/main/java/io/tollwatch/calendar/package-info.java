/// Times on the clock of a zone: crontabs, and windows of maintenance. Values in, values out; no
/// type of the cron library leaves it.
@NullMarked
package io.tollwatch.calendar;

import org.jspecify.annotations.NullMarked;
