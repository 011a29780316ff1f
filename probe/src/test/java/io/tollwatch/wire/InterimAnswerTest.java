package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Interim answers (1xx) are never the answer.
class InterimAnswerTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
      })
  void areSwallowed(String interim) {
    RawGateway.Manners answers =
        visit -> {
          while (!visit.head().isEmpty()) {
            visit.say(interim);
            visit.say(OK);
          }
        };
    try (RawGateway gateway = RawGateway.plain(answers);
        Rig rig = Rig.to(gateway.url())) {
      for (int i = 0; i < 2; i++) {
        Attempt.Answered answered = rig.answered(Rig.get("/"));
        assertThat(answered.answer().status()).isEqualTo(200);
        assertThat(Rig.text(answered)).isEqualTo("ok");
        assertThat(answered.connection().reused()).isEqualTo(i == 1);
      }
    }
  }

  @Test
  void withoutEndAreNoHttp() {
    RawGateway.Manners neverComesToThePoint =
        visit -> {
          var _ = visit.head();
          try {
            while (true) {
              visit.say("HTTP/1.1 102 Processing\r\n\r\n");
            }
          } catch (IOException e) {
            // the other side had enough
          }
        };
    try (RawGateway gateway = RawGateway.plain(neverComesToThePoint);
        Rig rig = Rig.to(gateway.url())) {
      Attempt.Broken broken = rig.broken(Rig.get("/"));
      assertThat(broken.breakage()).isEqualTo(Breakage.PROTOCOL_ERROR);
      assertThat(broken.progress()).isEqualTo(Progress.MAYBE_SENT);
    }
  }

  @Test
  void switchingProtocolsIsNoAnswer() {
    RawGateway.Manners switches =
        visit -> {
          var _ = visit.head();
          visit.say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + OK);
          var _ = visit.rest();
        };
    try (RawGateway gateway = RawGateway.plain(switches);
        Rig rig = Rig.to(gateway.url())) {
      Rig.isBroken(
          rig.send(Rig.get("/")), Breakage.PROTOCOL_ERROR, Phase.RECEIVE, Progress.MAYBE_SENT);
      assertThat(gateway.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 099 Low\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      })
  void whatIsNoHttpIsNoAnswer(String answer) {
    RawGateway.Manners babbles =
        visit -> {
          var _ = visit.head();
          visit.say(answer);
          var _ = visit.rest();
        };
    try (RawGateway gateway = RawGateway.plain(babbles);
        Rig rig = Rig.Plan.to(gateway.url()).patience(Rig.SHORT).start()) {
      Attempt.Broken broken = rig.broken(Rig.get("/"));
      assertThat(broken.breakage()).as(broken.detail()).isEqualTo(Breakage.PROTOCOL_ERROR);
      assertThat(broken.progress()).isEqualTo(Progress.MAYBE_SENT);
    }
  }
}
