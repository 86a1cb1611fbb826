package io.vitrine.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A model with the text it was given as: read and checked once, carried from then on. It travels as
 * text, so a worker reads it once more where it arrives.
 */
public final class ModelFile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String text;
  private transient Model model;

  private ModelFile(String name, String text, Model model) {
    this.name = name;
    this.text = text;
    this.model = model;
  }

  /** Reads and checks a text. */
  public static ModelFile parse(String name, String text) throws JsonProcessingException {
    return new ModelFile(name, text, ModelJson.parse(name, text));
  }

  /** Reads and checks a file; the name is its base name. */
  public static ModelFile read(Path path) throws IOException {
    Model model = ModelJson.read(path);
    return new ModelFile(model.name(), Files.readString(path), model);
  }

  /** A model as its text. */
  public static ModelFile of(Model model) {
    return new ModelFile(model.name(), ModelJson.text(model), model);
  }

  /** Name of the model. */
  public String name() {
    return name;
  }

  /** The text, literally. */
  public String text() {
    return text;
  }

  /** The model. */
  public Model model() {
    if (model == null) {
      try {
        model = ModelJson.parse(name, text);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("model " + name + " was checked but is not JSON", e);
      }
    }
    return model;
  }

  /** What the store calls this version. */
  public String fingerprint() {
    return ModelJson.fingerprint(model());
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ModelFile that && name.equals(that.name) && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, text);
  }

  @Override
  public String toString() {
    return "ModelFile[" + name + "]";
  }
}
