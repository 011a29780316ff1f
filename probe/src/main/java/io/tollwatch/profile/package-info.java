/// What Tollwatch knows about a kind of gateway, as data: which calls move money, where its errors
/// stand and what they mean, what a positive answer must hold, what is secret. One YAML file per
/// gateway, checked by `profile.schema.json`; adding a gateway means adding a file and its name to
/// [io.tollwatch.profile.Profiles]. Knows nothing of verdicts.
@NullMarked
package io.tollwatch.profile;

import org.jspecify.annotations.NullMarked;
