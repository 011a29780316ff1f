/// Scripts of checks: the YAML that people write, read with all its problems at once, by the JSON
/// Schema `checks.schema.json`.
///
/// ## Adding an assertion
///
/// 1. A key under `expect` in the schema, with a description.
/// 2. A record in [io.tollwatch.checks.script.Assertion] that says what is expected.
/// 3. A line in ExpectReader that reads it, and a case in Judging (package run) that looks at an
///    answer; the compiler asks for the case.
@NullMarked
package io.tollwatch.checks.script;

import org.jspecify.annotations.NullMarked;
