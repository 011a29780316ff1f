/// What Tollwatch knows about a kind of gateway, as data: which calls move money, where its errors
/// stand and what they mean, what a positive answer must hold, how a repeat is recognised and a
/// payment in doubt looked up, what can't move, what is secret. One YAML file per gateway,
/// described and checked by `profile.schema.json`. Knows nothing of verdicts.
///
/// ## Adding a gateway
///
/// 1. Write `NAME.yaml` beside the others; the schema's descriptions say what each key means.
///    `errors` are read of every answer, the most specific place first (the issuer's code before
///    the gateway's summary); `outcomes` only of a 2xx to a call that moves money, and a success
///    there names its mandatory fields under `requires`. A row says category and fault; money,
///    action and the flags follow from the category unless the row says otherwise.
/// 2. Where one answer carries several errors, a place such as `$.errors[*].code` reads them all,
///    and the gravest for the money leads. Where one code stands in several places, or is a card
///    network's own, `rules-of` takes a set of rules. Where one path does everything, routes look
///    into the request's body.
/// 3. Add the name to [io.tollwatch.profile.Profiles].
/// 4. Put the facts that the table was filled from beside the tests, as `rows/NAME.csv`, and in
///    `rows/NAME.yaml` an answer for each place, and each row that you found wrong with the reason.
///    TaxonomyRowsTest holds the profile against them.
/// 5. Only where the gateway documents that a payment is not taken and can't be later, name the
///    rule in `final/NAME.yaml` with the place where it says so: that may send a payment to another
///    provider. Never a rule that admits a late success, and never one that comes with a 5xx. The
///    mark holds only with the rule's own statuses, and only if no other code of the answer is
///    unknown or says something else; codes that merely sum up stand under `beside`.
/// 6. Say under `rail` how the card brand, the wallet or the bank is told, in words of our own:
///    they label metrics and name breakers.
/// 7. Count `version` up with every change that may change a verdict.
///
/// A user's own file has the same form; with `extends` it adds to a shipped profile, and its rules
/// come first. It can't mark a rule final, demand less of a success, or call harmless what a
/// shipped route calls moving.
@NullMarked
package io.tollwatch.profile;

import org.jspecify.annotations.NullMarked;
