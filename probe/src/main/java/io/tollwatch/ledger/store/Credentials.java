package io.tollwatch.ledger.store;

/// Who logs in at a database server. Immutable; says nothing of the password when printed.
public record Credentials(String user, String password) {

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
