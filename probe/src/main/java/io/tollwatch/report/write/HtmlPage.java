package io.tollwatch.report.write;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import io.tollwatch.document.Visible;
import io.tollwatch.report.page.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/// Writes a page as one HTML file that needs no network, runs nothing and prints well. Stateless.
public final class HtmlPage {

  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(ContentType.Html);

  private HtmlPage() {}

  /// Writes it, without closing.
  public static void write(Page page, Writer out) {
    TEMPLATES.render("page.jte", new HtmlView(page), new VisibleOutput(out));
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Shows control characters in all that passes, whoever wrote the template: the engine escapes
  /// only what HTML would take for markup.
  private record VisibleOutput(Writer out) implements TemplateOutput {

    @Override
    public void writeContent(String value) {
      write(value);
    }

    @Override
    public void writeContent(String value, int begin, int end) {
      write(value.substring(begin, end));
    }

    private void write(String text) {
      try {
        out.write(Visible.of(text));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
