package io.tollwatch.wire;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/// Sends one request over one connection and takes its answer: `send`, `wait`, `receive`. Confined
/// to the trip.
final class Exchanger {

  private final Trip trip;
  private final TracedConnection connection;
  private final ClassicHttpRequest request;
  private @Nullable ClassicHttpResponse response;
  private boolean early;

  Exchanger(Trip trip, TracedConnection connection, GatewayRequest request) {
    this.trip = trip;
    this.connection = connection;
    this.request = outgoing(request);
  }

  /// Sends the request and waits for the head of the final answer.
  AnswerHead callForHead() throws IOException, HttpException {
    trip.timer().enter(Phase.SEND);
    send();
    // an early answer is there already: nothing is waited for
    trip.timer().enter(early ? Phase.RECEIVE : Phase.WAIT);
    ClassicHttpResponse head = connection.receiveFinalHead();
    if (MessageSupport.canResponseHaveBody(request.getMethod(), head)) {
      connection.receiveResponseEntity(head);
    }
    response = head;
    return head(head);
  }

  /// Reads the answer's body to its end.
  void receiveBody(AnswerBody into) throws IOException {
    trip.timer().enter(Phase.RECEIVE);
    ClassicHttpResponse answer = Objects.requireNonNull(response);
    if (answer.getEntity() == null) {
      into.end(trip.timer());
    } else {
      HttpEntity entity = answer.getEntity();
      into.takeAll(entity.getContent(), entity.getContentLength(), trip.timer());
      if (answer.getEntity().isChunked() && connection.sawEnd()) {
        // HttpCore takes a cut last chunk for a whole one (RFC 9112, section 8)
        throw new TruncatedChunkException("the connection ended inside the last chunk");
      }
    }
  }

  /// Whether the connection may carry another request after the body's end.
  boolean reusable() {
    ClassicHttpResponse answer = response;
    return answer != null
        && !early
        && connection.isOpen()
        && connection.isConsistent()
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
            request, answer, HttpCoreContext.create())
        && !connection.dataWaits();
  }

  /// Writes the request. If an answer comes before all of it was written, that is all there is: the
  /// rest of the request has nowhere to go (RFC 9112, section 9.3).
  private void send() throws IOException, HttpException {
    connection.sendRequestHeader(request);
    try {
      connection.sendRequestEntity(request);
      early = connection.answeredEarly();
      if (!early) {
        connection.flush();
      }
    } catch (CallerCut e) {
      throw e;
    } catch (IOException e) {
      boolean malformed = e.getCause() instanceof HttpException;
      if (malformed || trip.endedBy().isPresent() || !connection.dataWaits()) {
        throw e;
      }
      // refused to take more, but said why
      early = true;
    }
  }

  private ClassicHttpRequest outgoing(GatewayRequest from) {
    var outgoing = new BasicClassicHttpRequest(from.method(), (String) null);
    // by the setter: the constructor would normalise it
    outgoing.setPath(from.target());
    for (Field field : from.fields()) {
      outgoing.addHeader(new BasicHeader(field.name(), field.value()));
    }
    switch (from.body()) {
      case RequestBody.None none -> {
        if (none.framed()) {
          outgoing.addHeader("Content-Length", "0");
        }
      }
      case RequestBody.Whole whole -> frame(outgoing, whole, whole.chunked());
      case RequestBody.Streamed streamed -> frame(outgoing, streamed, streamed.length().isEmpty());
    }
    return outgoing;
  }

  private void frame(ClassicHttpRequest outgoing, RequestBody body, boolean chunked) {
    OutgoingBody entity = new OutgoingBody(body, chunked, trip);
    if (chunked) {
      outgoing.addHeader("Transfer-Encoding", "chunked");
    } else {
      outgoing.addHeader("Content-Length", Long.toString(entity.getContentLength()));
    }
    outgoing.setEntity(entity);
  }

  private static AnswerHead head(ClassicHttpResponse response) {
    List<Field> fields = new ArrayList<>();
    for (Header header : response.getHeaders()) {
      fields.add(new Field(header.getName(), header.getValue() == null ? "" : header.getValue()));
    }
    String reason = response.getReasonPhrase();
    return new AnswerHead(response.getCode(), reason == null ? "" : reason, new Fields(fields));
  }
}
