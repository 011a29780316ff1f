package io.tollwatch.proxy.cli;

import io.tollwatch.attempt.Fields;
import io.tollwatch.proxy.judging.AnswerFile;
import io.tollwatch.proxy.judging.Found;
import io.tollwatch.proxy.judging.Gateways;
import io.tollwatch.proxy.judging.Judge;
import io.tollwatch.proxy.judging.Judged;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges answers from files.
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Judge answers from a file: what do they mean for the money?",
    description = {
      "",
      "Takes HAR files; JSON Lines of {gateway, request: {method, url, headers, body}, status,"
          + " headers, body}; what 'tollwatch exchanges --json' prints; and one raw HTTP answer, as"
          + " 'curl -i' prints it. What can't be read is reported, and the rest is judged. Nothing is"
          + " sent or kept, and nothing secret is shown.",
      "",
      "Who answered is said by the line, else by the host of its URL, else by --provider. An answer"
          + " without a request is judged as one to a payment.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch judge checkout.har",
      "  tollwatch judge answers.jsonl --json | jq -r .money",
      "  curl -i ... | tollwatch judge - --provider stripe --request \"POST /v1/charges\"",
      "",
      "Exit codes: 0 all were judged, 1 some could not be, 2 usage."
    })
final class JudgeCommand implements Callable<Integer> {

  private static final String STDIN = "-";

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files with answers; - is the standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Who answered, where the file does not say: a provider or profile.")
  private @Nullable String provider;

  @Option(
      names = "--request",
      paramLabel = "REQUEST",
      description = "What was asked, where the file does not say: \"POST /v1/charges\".")
  private @Nullable String request;

  @Mixin private ProfileOptions options = new ProfileOptions();

  @Option(names = "--json", description = "For machines: a document a line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Gateways gateways = options.read();
    for (String file : files) {
      if (!file.equals(STDIN) && !Files.isRegularFile(Path.of(file))) {
        throw new UsageException(
            "there is no file " + file + "; name one, or - for standard input");
      }
    }
    Judge judge =
        new Judge(
            gateways,
            new Judge.Defaults(gateway(gateways), asked()),
            Math.toIntExact(gateways.configuration().captureLimit().bytes()));
    JudgedView view =
        new JudgedView(
            Terminal.current().paint(),
            json,
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    for (String file : files) {
      each(file, judge, view);
    }
    view.totals();
    return view.allJudged() ? 0 : 1;
  }

  private static void each(String file, Judge judge, JudgedView view) throws CommandFailed {
    boolean stdin = file.equals(STDIN);
    try (InputStream in = stdin ? System.in : Files.newInputStream(Path.of(file))) {
      AnswerFile.each(stdin ? "(stdin)" : file, in, found -> show(judge.judge(found), view));
    } catch (IOException e) {
      throw new CommandFailed(file + " can't be read: " + e.getMessage());
    }
  }

  private static void show(Judged judged, JudgedView view) {
    view.show(judged);
  }

  private Optional<Gateways.Gateway> gateway(Gateways gateways) throws UsageException {
    String name = provider;
    if (name == null) {
      return Optional.empty();
    }
    Optional<Gateways.Gateway> found = gateways.named(name);
    if (found.isEmpty()) {
      throw new UsageException(gateways.unknown(name));
    }
    return found;
  }

  private Optional<Found.Asked> asked() throws UsageException {
    if (request == null) {
      return Optional.empty();
    }
    String[] words = request.strip().split("\\s+", 3);
    if (words.length != 2 || !(words[1].startsWith("/") || words[1].contains("://"))) {
      throw new UsageException("--request is a method and a path, such as \"POST /v1/charges\"");
    }
    return Optional.of(new Found.Asked(words[0], words[1], Fields.none(), ""));
  }
}
