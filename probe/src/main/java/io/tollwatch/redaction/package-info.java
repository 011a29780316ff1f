/// What may be kept of a message: bodies decoded within bounds, card numbers, security codes and
/// credentials masked. Nothing is written, logged, counted or exported that did not pass here (P3).
@NullMarked
package io.tollwatch.redaction;

import org.jspecify.annotations.NullMarked;
