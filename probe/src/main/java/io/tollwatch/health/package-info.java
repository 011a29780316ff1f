/// Which providers can be used now: breakers by provider, operation and rail, fed by verdicts of
/// live calls and of checks alike.
@NullMarked
package io.tollwatch.health;

import org.jspecify.annotations.NullMarked;
