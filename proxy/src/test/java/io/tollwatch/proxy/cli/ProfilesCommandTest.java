package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProfilesCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  private Path own(String category) throws IOException {
    return Files.writeString(
        folder.resolve("acme.yaml"),
        """
        name: acme
        extends: stripe
        version: 2
        errors:
          - at: $.why
            rules: {broke: {category: %s, fault: issuer}}
        """
            .formatted(category));
  }

  @Test
  void listsAllThatAreShippedAndOnesOwn() throws IOException {
    Ran ran = Ran.command("profiles", "--profile", own("decline_soft").toString());

    assertThat(ran.code()).isZero();
    for (String name : Profiles.shipped().names()) {
      assertThat(ran.lines()).anyMatch(line -> line.startsWith(name + "@"));
    }
    assertThat(ran.lines()).anyMatch(line -> line.matches("acme@2\\+stripe@\\d+ +you .*"));
    assertThat(ran.lines()).anyMatch(line -> line.matches("stripe@.* shipped +\\d{3}.* pay, .*"));
  }

  @Test
  void countsAsTheProfileHasIt() throws IOException {
    String own = own("decline_soft").toString();
    JsonNode stripe = JSON.readTree(Ran.command("profiles", "stripe", "--json").out());
    JsonNode acme =
        JSON.readTree(Ran.command("profiles", "acme", "--json", "--profile", own).out());

    assertThat(acme.path("rules").asInt()).isEqualTo(stripe.path("rules").asInt() + 1);
    assertThat(acme.path("final").asInt()).isEqualTo(stripe.path("final").asInt()).isPositive();
    assertThat(acme.path("tables").path(0).path("name").asString()).isEqualTo("acme/why");
    assertThat(acme.path("from").asString()).isEqualTo("user");
    assertThat(stripe.path("places").toString()).contains("$.error.decline_code");
  }

  @Test
  void aWrongProfileIsSaidWithEveryPlace() throws IOException {
    Path file = own("declined");
    Files.writeString(file, Files.readString(file) + "extra: 1\n");
    Ran ran = Ran.command("profiles", "--profile", file.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(file + ":6:", file + ":7:1: unknown key 'extra'");
  }
}
