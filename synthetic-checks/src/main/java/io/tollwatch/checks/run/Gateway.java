package io.tollwatch.checks.run;

import io.tollwatch.checks.plain.Site;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.wire.Line;
import java.time.Duration;
import java.util.function.Function;

/// Where a check's steps go: a provider entry of the configuration. Thread-safe.
///
/// @param provider the entry that live calls use
/// @param ownLine opens a way of its own for one step, which takes no longer than that in all
/// @param site where plain probes look
public record Gateway(Provider provider, Function<Duration, Line> ownLine, Site site) {}
