/// The command line: what people type, and what they are shown. Exit codes: 0 fine, 1 failed, 2
/// wrong usage or configuration.
@NullMarked
package io.tollwatch.proxy.cli;

import org.jspecify.annotations.NullMarked;
