package io.tollwatch.proxy.cli;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.exchange.TestMoney;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Runs of checks in the XML that JUnit made a habit, which pipelines show: a suite for each check,
/// a case for each step. Stateless.
final class JunitReport {

  private JunitReport() {}

  static String of(List<CheckRun> runs) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (CheckRun run : runs) {
        suite(run, xml);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string takes everything", e);
    }
    return text.toString();
  }

  private static void suite(CheckRun run, XMLStreamWriter xml) throws XMLStreamException {
    List<StepResult> all = Stream.concat(run.steps().stream(), run.cleanUp().stream()).toList();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", run.check());
    xml.writeAttribute("tests", Integer.toString(all.size() + 1));
    xml.writeAttribute(
        "failures",
        Long.toString(count(all, StepResult.State.FAILED) + (run.out().isEmpty() ? 0 : 1)));
    xml.writeAttribute("skipped", Long.toString(count(all, StepResult.State.SKIPPED)));
    xml.writeAttribute("timestamp", run.began().toString());
    xml.writeAttribute("time", seconds(run.took()));
    for (StepResult step : all) {
      step(run, step, xml);
    }
    leftBehind(run, xml);
    xml.writeEndElement();
  }

  private static long count(List<StepResult> all, StepResult.State state) {
    return all.stream().filter(step -> step.state() == state).count();
  }

  private static void step(CheckRun run, StepResult step, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", run.check());
    xml.writeAttribute("name", step.name());
    xml.writeAttribute(
        "time", seconds(step.outcome().map(each -> each.timings().total()).orElse(Duration.ZERO)));
    String reason = clean(step.reason().orElse(""));
    switch (step.state()) {
      case PASSED -> {}
      case SKIPPED -> message("skipped", reason, xml);
      case FAILED -> message("failure", reason, xml);
    }
    xml.writeEndElement();
  }

  private static void leftBehind(CheckRun run, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", run.check());
    xml.writeAttribute("name", "nothing is left behind");
    for (TestMoney money : run.out()) {
      message("failure", clean(money.step() + ": " + money.reason()), xml);
    }
    xml.writeEndElement();
  }

  private static void message(String element, String text, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", text);
    xml.writeEndElement();
  }

  /// XML 1.0 has no way to write most control characters.
  private static String clean(String text) {
    return Printable.line(text);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }
}
