package io.tollwatch.checks.plain;

import io.tollwatch.checks.script.PlainProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// A name server on a real socket, which answers what it is told to. Thread-safe.
final class NameServerOnLoopback implements AutoCloseable {

  private static final int TTL = 60;

  private final DatagramSocket socket;
  private volatile List<String> addresses = List.of();
  private volatile int error = Rcode.NOERROR;
  private volatile boolean silent;

  NameServerOnLoopback() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  PlainProbe.Resolver resolver() {
    return new PlainProbe.Resolver.Server("127.0.0.1", socket.getLocalPort());
  }

  void answer(String... now) {
    addresses = List.of(now);
  }

  void fail(int rcode) {
    error = rcode;
  }

  void beSilent() {
    silent = true;
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        if (!silent) {
          byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength())).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /// An alias before the addresses, as content networks answer.
  private Message answer(byte[] asked) throws IOException {
    Message question = new Message(asked);
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(error);
    Record wanted = question.getQuestion();
    answer.addRecord(wanted, Section.QUESTION);
    Name alias = Name.fromString("edge.example.net.");
    answer.addRecord(new CNAMERecord(wanted.getName(), DClass.IN, TTL, alias), Section.ANSWER);
    for (String address : addresses) {
      answer.addRecord(
          new ARecord(alias, DClass.IN, TTL, InetAddress.ofLiteral(address)), Section.ANSWER);
    }
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}
