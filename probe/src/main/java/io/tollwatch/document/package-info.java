/// Reads the YAML files that people write (configuration, profiles): every problem of a file in one
/// run, each with its place and what would be right, by the JSON Schema that is shipped for it.
/// Knows nothing of what the files mean.
@NullMarked
package io.tollwatch.document;

import org.jspecify.annotations.NullMarked;
