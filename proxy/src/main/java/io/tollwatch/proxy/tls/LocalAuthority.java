package io.tollwatch.proxy.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The certificate authority of this machine's TLS listeners. Clients trust its root certificate
/// (`ca.pem`); all that it can sign is certificates of servers with the listeners' names, and names
/// below them. Thread-safe.
///
/// It lives for ten years, the certificates that it issues for 90 days, in memory only.
public final class LocalAuthority {

  private final Issuer issuer;
  private final Path rootFile;
  private final InstantSource clock;

  private LocalAuthority(Issuer issuer, Path rootFile, InstantSource clock) {
    this.issuer = issuer;
    this.rootFile = rootFile;
    this.clock = clock;
  }

  /// Opens the authority in a folder that this process owns. It is made on first use, and made
  /// anew, with the old one kept beside it, where the old one ends soon or can't sign for all
  /// hosts.
  ///
  /// @param hosts all names of all TLS listeners: host names and addresses, IPv6 with or without
  ///   brackets
  public static Opening open(Path folder, Set<String> hosts, InstantSource clock) {
    try {
      ListenerNames names = ListenerNames.of(hosts);
      AuthorityFolder files = new AuthorityFolder(folder);
      Optional<Issuer> kept = files.read();
      return kept.isEmpty() ? make(files, names, clock) : reopen(files, kept.get(), names, clock);
    } catch (Unfit e) {
      return new Opening.Unusable(e.sentence());
    } catch (IOException | UnsupportedOperationException e) {
      return new Opening.Unusable(
          "the certificate authority in " + folder + " can't be read or written: " + e);
    }
  }

  private static Opening make(AuthorityFolder files, ListenerNames names, InstantSource clock)
      throws IOException, Unfit {
    Issuer made = Issuer.make(names, clock.instant());
    files.keep(made);
    return opened(
        made,
        files,
        clock,
        "a certificate authority was made: clients of TLS listeners must trust "
            + files.rootFile());
  }

  private static Opening reopen(
      AuthorityFolder files, Issuer kept, ListenerNames names, InstantSource clock)
      throws IOException, Unfit {
    Instant now = clock.instant();
    if (!kept.covers(names)) {
      return replace(files, kept, names, clock, "is not for all names of the TLS listeners");
    }
    if (kept.notAfter().isBefore(now.plus(Issuer.LISTENER_LIFE))) {
      return replace(files, kept, names, clock, "ends on " + kept.notAfter());
    }
    if (!files.announces(kept)) {
      // a crash between the two files, or someone's edit: the key file is the authority
      files.announce(kept);
      return opened(
          kept,
          files,
          clock,
          files.rootFile()
              + " did not belong to the key beside it and was"
              + " written again: clients of TLS listeners must trust it as it is now");
    }
    return new Opening.Opened(new LocalAuthority(kept, files.rootFile(), clock), Optional.empty());
  }

  private static Opening replace(
      AuthorityFolder files, Issuer old, ListenerNames names, InstantSource clock, String why)
      throws IOException, Unfit {
    Path aside = files.setAside(old, clock.instant());
    Issuer made = Issuer.make(names, clock.instant());
    files.keep(made);
    return opened(
        made,
        files,
        clock,
        "the certificate authority "
            + why
            + " and was made anew: clients of"
            + " TLS listeners must trust the new "
            + files.rootFile()
            + " (the old one is kept as "
            + aside.getFileName()
            + ")");
  }

  private static Opening opened(
      Issuer issuer, AuthorityFolder files, InstantSource clock, String news) {
    return new Opening.Opened(
        new LocalAuthority(issuer, files.rootFile(), clock), Optional.of(news));
  }

  /// The certificate that clients of the listeners must trust, PEM.
  public Path rootFile() {
    return rootFile;
  }

  /// Issues a certificate for names that the authority was opened with.
  public ListenerCertificate issue(Set<String> hosts) {
    return issuer.issue(signable(hosts), clock.instant());
  }

  /// What a listener of these names is opened with: its certificate is issued now, and again by
  /// itself on the first handshake that finds less than a third of its life left.
  ///
  /// @param requiredClientCa PEM file with the authorities of whose client certificates every
  ///   caller must show one
  /// @throws IOException if the PEM file can't be read
  /// @throws GeneralSecurityException if the PEM file does not hold certificates
  public ListenerTls tlsFor(Set<String> hosts, Optional<Path> requiredClientCa)
      throws IOException, GeneralSecurityException {
    ListenerNames names = signable(hosts);
    // nobody, and not the runtime's default, which is every public authority
    TrustManager[] trusted = new TrustManager[0];
    if (requiredClientCa.isPresent()) {
      trusted = ClientTrust.of(requiredClientCa.get());
    }
    RenewingKeys keys = new RenewingKeys(now -> issuer.issue(names, now), clock);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, trusted, null);
    return new ListenerTls(context, requiredClientCa.isPresent());
  }

  private ListenerNames signable(Set<String> hosts) {
    try {
      ListenerNames names = ListenerNames.of(hosts);
      if (issuer.covers(names)) {
        return names;
      }
    } catch (Unfit e) {
      throw new IllegalArgumentException(e.sentence(), e);
    }
    throw new IllegalArgumentException("not among the names of the authority: " + hosts);
  }

  @Override
  public String toString() {
    return "LocalAuthority[" + rootFile + "]";
  }
}
