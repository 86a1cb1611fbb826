package io.vitrine.results;

import java.io.IOException;

/** The store could not be opened, read or written; the message names it. */
public class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
