/// The one loop of a call: judge what it is, record the intent, send, judge the answer, record the
/// outcome, reply. The feedback from health to the next send closes here only.
@NullMarked
package io.tollwatch.dispatch;

import org.jspecify.annotations.NullMarked;
