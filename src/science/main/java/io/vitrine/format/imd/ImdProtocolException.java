package io.vitrine.format.imd;

import java.io.IOException;

/** What came is not what IMD allows here: trying again would not help. */
final class ImdProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ImdProtocolException(String message) {
    super(message);
  }
}
