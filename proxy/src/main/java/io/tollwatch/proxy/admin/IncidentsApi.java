package io.tollwatch.proxy.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.exchange.IncidentNote;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/// Answers `POST /api/incidents/{id}/notes`; `GET /api/reports/incidents` lists incidents.
/// Immutable, thread-safe.
record IncidentsApi(Sight sight) {

  private static final int MAX_TEXT = 2_000;
  private static final int MAX_WHO = 200;

  void routes(HttpRules rules) {
    rules.post("/incidents/{id}/notes", this::note);
  }

  private void note(ServerRequest request, ServerResponse response) {
    String id = request.path().pathParameters().get("id");
    try {
      Wish wish = Wish.read(request, Set.of("text", "who"));
      String text = wish.text("text").strip();
      String who = wish.text("who").strip();
      if (text.isEmpty() || text.length() > MAX_TEXT || who.isEmpty() || who.length() > MAX_WHO) {
        throw Wish.wrong(
            "text must have 1 to %d characters, and who 1 to %d".formatted(MAX_TEXT, MAX_WHO));
      }
      if (sight.note(new IncidentNote(id, sight.now(), who, text))) {
        AdminApi.send(response, Status.OK_200, Map.of("noted", true));
      } else {
        AdminApi.wrong(response, Status.NOT_FOUND_404, "there is no incident with that id");
      }
    } catch (Wish.Wrong e) {
      e.tell(response);
    } catch (UncheckedIOException e) {
      throw new AdminApi.Unreadable(e);
    }
  }
}
