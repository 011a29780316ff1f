/// Plain probes: name servers, TCP, TLS and its certificates, without any request to the gateway.
///
/// ## Adding a kind of probe
///
/// 1. A record in [io.tollwatch.checks.script.PlainProbe], and a key in the schema under `probe`.
/// 2. A line in PlainProbeBinder that reads it.
/// 3. A class here that looks, and a case in [io.tollwatch.checks.plain.PlainProbes]; the compiler
///    asks for the case.
@NullMarked
package io.tollwatch.checks.plain;

import org.jspecify.annotations.NullMarked;
