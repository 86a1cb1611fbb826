package io.vitrine.results.rows;

/**
 * A published classifier; key (study, model, version).
 *
 * @param study name of the study
 * @param model name
 * @param version version
 * @param json the model file, literally
 */
public record ModelRow(String study, String model, String version, String json)
    implements ResultRow {
  /** Checks the row. */
  public ModelRow {
    Rule.named("study", study);
    Rule.named("model", model);
    Rule.clean("version", version);
    Rule.clean("json", json);
  }

  static ModelRow of(RowCells c) {
    return new ModelRow(c.text(), c.text(), c.text(), c.text());
  }

  @Override
  public RowKind kind() {
    return RowKind.MODEL;
  }

  @Override
  public Object[] cells() {
    return new Object[] {study, model, version, json};
  }
}
