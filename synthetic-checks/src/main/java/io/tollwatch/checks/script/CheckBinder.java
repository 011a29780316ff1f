package io.tollwatch.checks.script;

import io.tollwatch.checks.signing.AlipaySigner;
import io.tollwatch.checks.signing.CyberSourceSigner;
import io.tollwatch.checks.signing.RsaKey;
import io.tollwatch.checks.signing.SharedKey;
import io.tollwatch.checks.signing.Signer;
import io.tollwatch.checks.signing.WechatPaySigner;
import io.tollwatch.document.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Makes one check of its part of the file. What is missing or wrong gets a stand-in, so that
/// reading goes on: a file with any problem never becomes checks. Confined to one reading.
final class CheckBinder {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration CLEAN_UP_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration WEBHOOK = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES = 3;

  private final Section check;
  private final SecretLookup secrets;

  CheckBinder(Section check, SecretLookup secrets) {
    this.check = check;
    this.secrets = secrets;
  }

  Check bind(String name) {
    List<Step> steps = new ArrayList<>();
    check.sections("steps").forEach(section -> steps.add(step(section)));
    List<Step.CleanUp> always = new ArrayList<>();
    check.sections("always").forEach(section -> always.add(cleanUp(section, steps)));
    return new Check(
        name,
        to(),
        check.text("note"),
        check.duration("timeout", TIMEOUT),
        check.duration("clean-up-timeout", CLEAN_UP_TIMEOUT),
        !check.text("connection").orElse("new").equals("pooled"),
        check.flag("live", false),
        check.optional("schedule").flatMap(schedule -> new ScheduleBinder(schedule).bind(name)),
        cap(),
        values(),
        signer(),
        probes(),
        steps,
        always);
  }

  private Destination to() {
    return check
        .text("channel")
        .<Destination>map(Destination.OfChannel::new)
        .orElseGet(() -> new Destination.OfProvider(check.text("provider").orElse("")));
  }

  private Optional<Check.Cap> cap() {
    return check
        .optional("daily-cap")
        .map(cap -> new Check.Cap(cap.integer("count", 0), cap.integer("amount", 0)));
  }

  private Map<String, Value> values() {
    Map<String, Value> values = new LinkedHashMap<>();
    Section variables = check.section("variables");
    for (String name : variables.keys()) {
      variables
          .tree(name)
          .ifPresent(
              node -> values.put(name, new Value(node.asString(""), node.isNumber(), false)));
    }
    Section references = check.section("secrets");
    for (String name : references.keys()) {
      if (values.containsKey(name)) {
        references.wrongKey(name, " is a variable already", "give one of the two another name");
      }
      // of one that can't be had the name at least is known
      values.put(name, new Value(secret(references, name).orElse(""), false, true));
    }
    return values;
  }

  private Optional<String> secret(Section references, String name) {
    Section reference = references.section(name);
    Optional<SecretLookup.Reference> where =
        reference
            .text("env")
            .<SecretLookup.Reference>map(SecretLookup.Reference.Env::new)
            .or(() -> reference.path("file").map(SecretLookup.Reference.FromFile::new));
    return where.flatMap(each ->
        switch (secrets.find(each)) {
          case SecretLookup.Answer.Found(String found) -> Optional.of(found);
          case SecretLookup.Answer.Missing(String message, String hint) -> {
            references.wrong(name, ": " + message, hint);
            yield Optional.empty();
          }
        });
  }

  private Optional<Signer> signer() {
    Optional<Section> alipay = check.section("signed").optional("alipay");
    Optional<Section> wechat = check.section("signed").optional("wechatpay");
    Optional<Section> cybersource = check.section("signed").optional("cybersource");
    return alipay
        .flatMap(section ->
            key(section).map(key -> signer(new AlipaySigner(text(section, "app-id"), key))))
        .or(() ->
            wechat.flatMap(section ->
                key(section)
                    .map(key ->
                        signer(
                            new WechatPaySigner(
                                text(section, "merchant"), text(section, "serial"), key)))))
        .or(() ->
            cybersource.flatMap(section ->
                sharedKey(section)
                    .map(key ->
                        signer(
                            new CyberSourceSigner(
                                text(section, "host"),
                                text(section, "merchant"),
                                text(section, "key-id"),
                                key)))));
  }

  private static Signer signer(Signer signer) {
    return signer;
  }

  private static String text(Section section, String key) {
    return section.text(key).orElse("");
  }

  private Optional<RsaKey> key(Section section) {
    Optional<String> text = secret(section, "private-key");
    Optional<RsaKey> key = text.flatMap(RsaKey::of);
    if (text.isPresent() && key.isEmpty()) {
      section.wrong(
          "private-key", " is no RSA key", "put PKCS#8 there, in PEM form or its Base64 alone");
    }
    return key;
  }

  private Optional<SharedKey> sharedKey(Section section) {
    Optional<String> text = secret(section, "shared-key");
    Optional<SharedKey> key = text.flatMap(SharedKey::of);
    if (text.isPresent() && key.isEmpty()) {
      section.wrong("shared-key", " is no key", "put it there in Base64, as the gateway gave it");
    }
    return key;
  }

  private List<PlainProbe> probes() {
    Duration usual = check.duration("step-timeout", STEP_TIMEOUT);
    return check.sections("probes").stream()
        .map(section -> new PlainProbeBinder(section, usual).bind())
        .toList();
  }

  private Step step(Section section) {
    return step(section, new RequestBinder(section).bind(), "expect");
  }

  private Step step(Section section, RequestScript request, String expect) {
    return new Step(
        section.text("name").orElse(""),
        request,
        section.duration("timeout", check.duration("step-timeout", STEP_TIMEOUT)),
        new CaptureReader(section.section("capture")).captures(),
        new ExpectReader(section.section(expect)).assertions(),
        section.texts("undoes", List.of()),
        section.optional("webhook").map(CheckBinder::awaited));
  }

  private static Awaited awaited(Section webhook) {
    return new Awaited(webhook.duration("within", WEBHOOK), new ExpectReader(webhook).assertions());
  }

  private Step.CleanUp cleanUp(Section section, List<Step> steps) {
    Optional<Step> repeated =
        section
            .text("repeats")
            .flatMap(name -> steps.stream().filter(step -> step.name().equals(name)).findFirst());
    RequestScript request =
        repeated.map(Step::request).orElseGet(() -> new RequestBinder(section).bind());
    Step own = step(section, request, "expect");
    Step step =
        repeated.isEmpty() || section.has("capture")
            ? own
            : new Step(
                own.name(),
                own.request(),
                own.timeout(),
                repeated.get().captures(),
                own.expected(),
                own.undoes(),
                own.webhook());
    return new Step.CleanUp(
        step,
        section.text("repeats"),
        new ExpectReader(section.section("done")).assertions(),
        new ExpectReader(section.section("nothing-taken")).assertions(),
        section.integer("tries", TRIES),
        section.duration("pause", PAUSE));
  }

  /// A scalar as text.
  static String text(JsonNode node) {
    return node.asString("");
  }
}
