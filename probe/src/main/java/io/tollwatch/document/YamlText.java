package io.tollwatch.document;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes trees as YAML. Stateless.
public final class YamlText {

  private static final int WIDTH = 120;

  private YamlText() {}

  /// A tree of maps, lists and scalars, in block style.
  public static String of(Map<String, ?> tree) {
    return new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(WIDTH)
                .setIndicatorIndent(2)
                .setIndent(4)
                .setSplitLines(false)
                .build())
        .dumpToString(tree);
  }
}
