package io.tollwatch.proxy.scenario;

import io.tollwatch.ledger.AdminAccess;
import io.tollwatch.ledger.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/// The admin API of a running sidecar, found through its data folder as commands find it.
record Admin(AdminAccess access) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static Admin of(Path data) {
    return new Admin(DataFolder.findAdmin(data).orElseThrow());
  }

  HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  /// What is no text.
  byte[] bytes(String path) {
    return send("GET", path, BodyPublishers.noBody(), BodyHandlers.ofByteArray()).body();
  }

  HttpResponse<String> post(String path) {
    return send("POST", path);
  }

  HttpResponse<String> post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json));
  }

  private HttpResponse<String> send(String method, String path) {
    return send(method, path, BodyPublishers.noBody());
  }

  private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body) {
    return send(method, path, body, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> reading) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.address() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + access.token())
            .method(method, body)
            .build();
    try {
      return CLIENT.send(request, reading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
