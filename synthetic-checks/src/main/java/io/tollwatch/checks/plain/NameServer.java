package io.tollwatch.checks.plain;

import io.tollwatch.checks.script.PlainProbe;
import io.tollwatch.checks.script.PlainProbe.Resolver;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/// Asks one resolver. Confined to one probe.
///
/// @param limit of the whole question, over TCP too where the answer is long
record NameServer(Resolver resolver, Duration limit) {

  /// More answers are left out.
  static final int MOST = 64;

  /// @throws IOException with a reason for people, if it does not answer, or answers with an error
  NavigableSet<String> ask(String host, PlainProbe.Type type) throws IOException {
    return switch (resolver) {
      case Resolver.OfTheMachine _ -> machine(host, type);
      case Resolver.Server server -> server(server, host, type);
    };
  }

  private NavigableSet<String> machine(String host, PlainProbe.Type type) throws IOException {
    InetAddress[] found = Timed.within(limit, () -> {}, () -> InetAddress.getAllByName(host));
    return bounded(
        Arrays.stream(found)
            .filter(each -> each instanceof Inet4Address == (type == PlainProbe.Type.A))
            .map(InetAddress::getHostAddress));
  }

  private NavigableSet<String> server(Resolver.Server server, String host, PlainProbe.Type type)
      throws IOException {
    SimpleResolver asked =
        new SimpleResolver(
            new InetSocketAddress(InetAddress.ofLiteral(server.address()), server.port()));
    asked.setTimeout(limit);
    Message question = Message.newQuery(Record.newRecord(absolute(host), number(type), DClass.IN));
    Message answer = Timed.within(limit, () -> {}, () -> asked.send(question));
    if (answer.getRcode() != Rcode.NOERROR) {
      throw new IOException("the error " + Rcode.string(answer.getRcode()));
    }
    return bounded(
        answer.getSection(Section.ANSWER).stream()
            .filter(each -> each.getType() == number(type))
            .map(each -> each.rdataToString().toLowerCase(Locale.ROOT)));
  }

  private static Name absolute(String host) throws IOException {
    try {
      return Name.fromString(host, Name.root);
    } catch (TextParseException e) {
      throw new IOException("this is no name", e);
    }
  }

  private static int number(PlainProbe.Type type) {
    return switch (type) {
      case A -> org.xbill.DNS.Type.A;
      case AAAA -> org.xbill.DNS.Type.AAAA;
      case CNAME -> org.xbill.DNS.Type.CNAME;
    };
  }

  private static NavigableSet<String> bounded(Stream<String> answers) {
    return answers.limit(MOST).collect(Collectors.toCollection(TreeSet::new));
  }
}
