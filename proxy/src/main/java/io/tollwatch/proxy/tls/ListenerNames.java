package io.tollwatch.proxy.tls;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/// The names that listeners are called by, as certificates spell them. Immutable; at least one.
record ListenerNames(List<GeneralName> all) {

  private static final Pattern DNS_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?"
              + "(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*");

  /// A kind of name that the constraints do not mention is not constrained at all (RFC 5280,
  /// section 4.2.1.10). These stand in where no listener has a name of the kind: a domain that
  /// never exists (RFC 6761), and the broadcast address, which nothing connects to.
  private static final GeneralName NO_DNS_NAME = dns("invalid");

  private static final GeneralName NO_ADDRESS =
      address(new byte[] {(byte) 255, (byte) 255, (byte) 255, (byte) 255});

  ListenerNames {
    all = List.copyOf(all);
  }

  /// Reads host names and addresses; IPv6 with or without brackets.
  static ListenerNames of(Collection<String> hosts) throws Unfit {
    if (hosts.isEmpty()) {
      throw new Unfit("a TLS listener needs at least one name for its certificate");
    }
    List<GeneralName> names = new ArrayList<>();
    // sorted, so that the same names always make the same certificate
    for (String host : new TreeSet<>(hosts)) {
      names.add(read(host));
    }
    return new ListenerNames(names.stream().distinct().toList());
  }

  private static GeneralName read(String host) throws Unfit {
    String plain = host.toLowerCase(Locale.ROOT);
    boolean bracketed = plain.startsWith("[") && plain.endsWith("]");
    String bare = bracketed ? plain.substring(1, plain.length() - 1) : plain;
    Optional<byte[]> address = addressOf(bare);
    if (address.isPresent()) {
      return address(address.get());
    }
    if (bracketed || !DNS_NAME.matcher(bare).matches()) {
      throw new Unfit(
          "\""
              + host
              + "\" is neither a host name nor an address"
              + " (such as localhost, 127.0.0.1 or [::1])");
    }
    return dns(bare);
  }

  private static Optional<byte[]> addressOf(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the JDK has no way to ask first
    }
  }

  private static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  private static GeneralName address(byte[] address) {
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(address));
  }

  GeneralNames asSubjects() {
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  /// Permits these names and no others, of either kind.
  NameConstraints asConstraints() {
    Stream<GeneralName> standIns =
        Stream.of(NO_DNS_NAME, NO_ADDRESS)
            .filter(n -> all.stream().noneMatch(name -> name.getTagNo() == n.getTagNo()));
    GeneralSubtree[] permitted =
        Stream.concat(all.stream(), standIns)
            .map(ListenerNames::exactly)
            .toArray(GeneralSubtree[]::new);
    return new NameConstraints(permitted, null);
  }

  private static GeneralSubtree exactly(GeneralName name) {
    if (name.getTagNo() != GeneralName.iPAddress) {
      return new GeneralSubtree(name);
    }
    byte[] address = ASN1OctetString.getInstance(name.getName()).getOctets();
    byte[] withMask = Arrays.copyOf(address, address.length * 2);
    Arrays.fill(withMask, address.length, withMask.length, (byte) 0xff);
    return new GeneralSubtree(address(withMask));
  }

  /// Whether certificates for all these names are valid under the given constraints.
  boolean allowedBy(NameConstraints constraints) {
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
    try {
      for (GeneralName name : all) {
        validator.checkPermitted(name);
      }
      return true;
    } catch (NameConstraintValidatorException e) {
      return false; // Bouncy Castle has no way to ask without an exception
    }
  }
}
