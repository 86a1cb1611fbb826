package io.vitrine.pipelines.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The classifier that scores where none is named: fluidity, trained on our own engine. */
final class ShippedModel {
  static final String NAME = "fluidity";

  private ShippedModel() {}

  static Optional<String> text() throws IOException {
    try (InputStream in = ShippedModel.class.getResourceAsStream("fluidity.json")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Whether the text of a model is that of the shipped one. */
  static boolean is(String model) {
    try {
      return text().filter(model::equals).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shipped classifier", e);
    }
  }
}
