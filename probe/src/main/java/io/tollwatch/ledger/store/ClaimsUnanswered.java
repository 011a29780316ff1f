package io.tollwatch.ledger.store;

import java.sql.SQLException;

/// The shared database did not answer a question about claims. What was asked may have been done:
/// the answer to the commit may be all that was lost. The message says why.
public final class ClaimsUnanswered extends Exception {

  private static final long serialVersionUID = 1;

  ClaimsUnanswered(SQLException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
