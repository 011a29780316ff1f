/// Signs the requests of checks for gateways that want each one signed.
@NullMarked
package io.tollwatch.checks.signing;

import org.jspecify.annotations.NullMarked;
