package io.tollwatch.checks.plain;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a chain of certificates, as far as it says so itself. Stateless.
final class ChainProblems {

  private ChainProblems() {}

  /// @param chain as the server sent it, its own certificate first
  static List<String> of(List<X509Certificate> chain, Instant now) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate each = chain.get(i);
      String whose = i == 0 ? "the certificate" : CertificatesLook.name(each);
      if (each.getNotAfter().toInstant().isBefore(now)) {
        problems.add(whose + " expired at " + each.getNotAfter().toInstant());
      }
      if (each.getNotBefore().toInstant().isAfter(now)) {
        problems.add(whose + " is not valid before " + each.getNotBefore().toInstant());
      }
      if (i + 1 < chain.size()
          && !each.getIssuerX500Principal().equals(chain.get(i + 1).getSubjectX500Principal())) {
        problems.add(
            "the chain is out of order: "
                + CertificatesLook.name(chain.get(i + 1))
                + " did not issue the one before it");
      }
    }
    return problems;
  }
}
