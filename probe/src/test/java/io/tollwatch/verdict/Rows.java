package io.tollwatch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.YamlDocument;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// The collected facts of one gateway, how to build an answer for each, and the rows that were
/// found wrong. The YAML file holds
///
/// - `answers`: by the rows' `where`, one answer or a list of answers that must all mean the same:
///   `body` (or `bodies`, by code), `fields`, `operation` (pay if left out), `http` (the statuses
///   where a row names none), `only` (of a row's statuses no others), and `rule`, the table that
///   must decide: a table's name (the last word of `where` if left out), `*` for any of the
///   profile's, or a whole rule's name. `{code}` stands for the row's code.
/// - `corrections`: `where`, `code`, perhaps `http`, `expect` (any of category, fault, money,
///   action, sla-fault, routing-health, rule) and `reason`.
/// - `profile`: the profile that judges them, if it is not called like the file.
record Rows(
    String file, String profile, List<Row> all, JsonNode answers, List<Correction> corrections) {

  /// A row that was found wrong.
  record Correction(
      String where, String code, List<Integer> http, Map<String, String> expect, String reason) {

    boolean isOf(Row row) {
      return where.equals(row.where()) && code.equals(row.code());
    }

    boolean isOf(Row row, int status) {
      return isOf(row) && (http.isEmpty() || http.contains(status));
    }

    String title() {
      return where + " = " + code + (http.isEmpty() ? "" : " with " + http) + ": " + reason;
    }
  }

  static Rows of(String name) {
    JsonNode file = yaml(name + ".yaml");
    List<Row> rows = text(name + ".csv").lines().skip(1).map(Row::of).toList();
    List<Correction> corrections = new ArrayList<>();
    file.path("corrections").forEach(each -> corrections.add(correction(each)));
    String profile = file.path("profile").asString(name);
    return new Rows(name, profile, rows, file.path("answers"), corrections);
  }

  void check(Row row) {
    JsonNode answer = answers.path(row.where());
    assertThat(answer.isMissingNode()).as("no answer for %s", row.where()).isFalse();
    List<JsonNode> variants = answer.isArray() ? answer.valueStream().toList() : List.of(answer);
    for (JsonNode variant : variants) {
      List<Integer> statuses = row.http().isEmpty() ? integers(variant.path("http")) : row.http();
      assertThat(statuses).as("no status for %s", row.where()).isNotEmpty();
      List<Integer> only = integers(variant.path("only"));
      statuses.stream()
          .filter(status -> only.isEmpty() || only.contains(status))
          .forEach(status -> check(row, variant, status));
    }
  }

  void check(Correction correction) {
    assertThat(correction.reason()).isNotBlank();
    List<Row> rows = all.stream().filter(correction::isOf).toList();
    assertThat(rows).as("no such row").isNotEmpty();
    for (Row row : rows) {
      correction
          .expect()
          .forEach((key, value) ->
              assertThat(value).as("%s is no change", key).isNotEqualTo(row.expected().get(key)));
    }
  }

  private void check(Row row, JsonNode answer, int status) {
    Map<String, String> expected = new LinkedHashMap<>(row.expected());
    expected.put("rule", rule(row, answer));
    corrections.stream()
        .filter(correction -> correction.isOf(row, status))
        .forEach(correction -> expected.putAll(correction.expect()));
    Verdict verdict = judge(row, answer, status);
    Map<String, String> found = facts(verdict);
    if (expected.get("rule").equals("*")) {
      assertThat(verdict.rule()).startsWith(profile + "/").endsWith("/" + row.code());
      expected.put("rule", verdict.rule());
    }
    assertThat(found).as("with %s", status).containsAllEntriesOf(expected);
    assertThat(verdict.trail().unmapped()).as("unmapped").isEmpty();
    if (row.late()) {
      assertThat(verdict.trail().finalSource()).as("final, though it may still succeed").isEmpty();
    }
  }

  private Verdict judge(Row row, JsonNode answer, int status) {
    JsonNode own = answer.path("bodies").path(row.code());
    String body = (own.isMissingNode() ? answer.path("body") : own).asString("");
    Fields fields = Fields.none();
    for (Map.Entry<String, JsonNode> field : answer.path("fields").properties()) {
      fields = fields.plus(field.getKey(), filled(field.getValue().asString(), row));
    }
    Operation operation = Operation.ofWord(answer.path("operation").asString("pay"));
    return Judging.judge(
        profile,
        new Call(operation, true),
        Observation.answered(status, fields, Judging.kept(profile, filled(body, row))));
  }

  private String rule(Row row, JsonNode answer) {
    String last = row.where().substring(row.where().lastIndexOf('.') + 1);
    String table = filled(answer.path("rule").asString(last), row);
    return table.equals("*") || table.contains("/")
        ? table
        : profile + "/" + table + "/" + row.code();
  }

  private static Map<String, String> facts(Verdict verdict) {
    return Map.of(
        "category", verdict.category().word(),
        "fault", verdict.fault().word(),
        "money", verdict.money().word(),
        "action", verdict.action().word(),
        "sla-fault", String.valueOf(verdict.slaFault()),
        "routing-health", String.valueOf(verdict.routingHealth()),
        "rule", verdict.rule());
  }

  private static Correction correction(JsonNode node) {
    Map<String, String> expect = new LinkedHashMap<>();
    node.path("expect")
        .properties()
        .forEach(each -> expect.put(each.getKey(), each.getValue().asString()));
    assertThat(expect).as("a correction without a change: %s", node).isNotEmpty();
    return new Correction(
        node.path("where").asString(),
        node.path("code").asString(),
        integers(node.path("http")),
        expect,
        node.path("reason").asString(""));
  }

  private static List<Integer> integers(JsonNode list) {
    return list.valueStream().map(JsonNode::intValue).toList();
  }

  private static String filled(String template, Row row) {
    return template.replace("{code}", row.code());
  }

  private static JsonNode yaml(String name) {
    Positions positions = new Positions();
    Problems problems = new Problems(Path.of(name), positions);
    JsonNode tree =
        new YamlDocument(text(name), "write answers:", positions, problems).read().orElseThrow();
    assertThat(problems.sorted()).isEmpty();
    return tree;
  }

  private static String text(String name) {
    try (InputStream in = Rows.class.getResourceAsStream("rows/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
