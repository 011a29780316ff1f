/// The configuration of a sidecar: immutable records read from one YAML file, which the shipped
/// JSON Schema `tollwatch.schema.json` describes for editors and checks for us. Reading never stops
/// at the first problem and never repairs one: the result is either a whole, valid [Configuration]
/// with its secrets and certificates resolved, or every [io.tollwatch.document.FileProblem] of the
/// file with its place and what would be right. Without any file the built-in providers work.
@NullMarked
package io.tollwatch.proxy.config;

import org.jspecify.annotations.NullMarked;
