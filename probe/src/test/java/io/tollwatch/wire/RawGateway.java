package io.tollwatch.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// A server that does to each connection exactly what it is told, for what the fake gateways are
/// too well-behaved for. Thread-safe.
final class RawGateway implements AutoCloseable {

  private final ServerSocket listener;
  private final Optional<SSLContext> tls;
  private final Manners manners;
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// What is done to a connection, on a thread of its own.
  interface Manners {
    void with(Visit visit) throws IOException;
  }

  private RawGateway(Optional<SSLContext> tls, Manners manners) {
    this.tls = tls;
    this.manners = manners;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::acceptAll);
  }

  static RawGateway plain(Manners manners) {
    return new RawGateway(Optional.empty(), manners);
  }

  static RawGateway tls(SSLContext context, Manners manners) {
    return new RawGateway(Optional.of(context), manners);
  }

  String url() {
    return (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + listener.getLocalPort();
  }

  /// How many heads of requests were read.
  int requests() {
    return requests.get();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        // closed: the loop's condition decides
      }
    }
  }

  private void serve(Socket bare) {
    try (bare;
        Socket socket = tls.isPresent() ? secured(tls.get(), bare) : bare) {
      manners.with(new Visit(bare, socket));
    } catch (IOException e) {
      // the other side may break it off as it likes
    } finally {
      open.remove(bare);
    }
  }

  private static Socket secured(SSLContext context, Socket bare) throws IOException {
    return context.getSocketFactory().createSocket(bare, null, true);
  }

  /// Manners of a plain port that shakes hands, refuses every client for its certificate, and
  /// leaves the connection open, so that its alert is never overtaken by a reset.
  static Manners refusingClients(SSLContext context) {
    return visit -> {
      SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(visit.bare, null, false);
      tls.setUseClientMode(false);
      tls.setNeedClientAuth(true);
      try {
        tls.startHandshake();
      } catch (SSLException e) {
        var _ = visit.rest();
      }
    };
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }

  /// One connection. Characters are bytes (ISO-8859-1).
  final class Visit {
    private final Socket bare;
    private final Socket socket;
    private final InputStream in;

    Visit(Socket bare, Socket socket) throws IOException {
      this.bare = bare;
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// Reads the next head, blank line included; empty at the end.
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          return "";
        }
        head.append((char) c);
      }
      requests.incrementAndGet();
      return head.toString();
    }

    String next(int bytes) throws IOException {
      return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /// Reads the line before a chunk.
    int chunkSize() throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) {
        line.append(next(1));
      }
      return Integer.parseInt(line.substring(0, line.length() - 2), 16);
    }

    /// Reads everything up to the end, or the reset, of the connection.
    String rest() {
      StringBuilder rest = new StringBuilder();
      try {
        for (int c = in.read(); c >= 0; c = in.read()) {
          rest.append((char) c);
        }
      } catch (IOException e) {
        // a reset is an end
      }
      return rest.toString();
    }

    /// Carries bytes both ways until one side ends.
    void join(Socket onward) throws IOException {
      threads.execute(() -> {
        try {
          in.transferTo(onward.getOutputStream());
          onward.shutdownOutput();
        } catch (IOException e) {
          // ended
        }
      });
      onward.getInputStream().transferTo(socket.getOutputStream());
    }

    void say(String text) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /// Ends the connection: FIN, and under TLS a closing alert before it.
    void hangUp() throws IOException {
      socket.close();
    }

    void reset() throws IOException {
      bare.setSoLinger(true, 0);
      bare.close();
    }
  }
}
