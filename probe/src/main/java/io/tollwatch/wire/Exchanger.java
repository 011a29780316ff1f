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
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/// Sends one request over one connection and takes its answer: `send`, `wait`, `receive`. Confined
/// to the trip.
final class Exchanger {

  /// How many interim answers (1xx) are swallowed before it counts as a broken protocol.
  private static final int INTERIM_ANSWERS = 16;

  private final Trip trip;
  private final TracedConnection connection;
  private final ClassicHttpRequest request;
  private @Nullable ClassicHttpResponse response;

  Exchanger(Trip trip, TracedConnection connection, GatewayRequest request) {
    this.trip = trip;
    this.connection = connection;
    this.request = outgoing(request);
  }

  /// Sends the request and waits for the head of the final answer.
  AnswerHead callForHead() throws IOException, HttpException {
    trip.timer().enter(Phase.SEND);
    boolean early = send();
    if (!early) {
      trip.timer().enter(Phase.WAIT);
    }
    ClassicHttpResponse head = receiveHead();
    for (int i = 0; head.getCode() < 200; i++) {
      if (i == INTERIM_ANSWERS || head.getCode() == 101) {
        throw new ProtocolException("no final answer, but interim ones without end");
      }
      trip.timer().enter(Phase.WAIT);
      head = receiveHead();
    }
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
      into.takeAll(answer.getEntity().getContent(), trip.timer());
    }
  }

  /// Whether the connection may carry another request after the body's end.
  boolean reusable() {
    ClassicHttpResponse answer = response;
    return answer != null
        && connection.isOpen()
        && connection.isConsistent()
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
            request, answer, HttpCoreContext.create())
        && !connection.dataWaits();
  }

  /// Writes the request. Gives whether an answer came before all of it was written, which is then
  /// all there is: the rest of the request has nowhere to go (RFC 9112, section 9.3).
  private boolean send() throws IOException, HttpException {
    connection.sendRequestHeader(request);
    try {
      connection.sendRequestEntity(request);
      if (connection.isConsistent()) {
        connection.flush();
      }
    } catch (CallerCut e) {
      throw e;
    } catch (IOException e) {
      if (trip.endedBy().isPresent() || !connection.dataWaits()) {
        throw e;
      }
      // refused to take more, but said why
      return true;
    }
    return !connection.isConsistent();
  }

  private ClassicHttpResponse receiveHead() throws IOException, HttpException {
    ClassicHttpResponse head = connection.receiveResponseHeader();
    if (connection.sawEnd()) {
      throw new AnswerCut();
    }
    return head;
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
