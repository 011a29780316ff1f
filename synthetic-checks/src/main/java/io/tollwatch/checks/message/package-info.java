/// The requests that checks send, before they are signed and sent.
@NullMarked
package io.tollwatch.checks.message;

import org.jspecify.annotations.NullMarked;
