package io.vitrine.streaming.io.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.PairLaw;
import java.util.List;
import java.util.Locale;

/** Mixtures as one line of JSON with the keys of {@link MixtureFile}, to be read again there. */
final class MixtureText {
  private MixtureText() {}

  /** All of it: mixtures that are equal give equal text. */
  static String of(Mixture mixture) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("name", mixture.name());
    root.put("dimensions", mixture.dimensions());
    root.put("density", mixture.density());
    root.put("melt", mixture.melt());
    ArrayNode species = root.putArray("species");
    for (Mixture.Component each : mixture.components()) {
      species
          .addObject()
          .put("name", each.name())
          .put("fraction", each.fraction())
          .put("mass", each.mass())
          .put("diameter", each.diameter());
    }
    ArrayNode pairs = root.putArray("pairs");
    List<String> names = mixture.names();
    for (int first = 0; first < names.size(); first++) {
      for (int second = first; second < names.size(); second++) {
        ObjectNode pair = pairs.addObject();
        pair.putArray("between").add(names.get(first)).add(names.get(second));
        put(mixture.interactions().of(first, second), pair);
      }
    }
    return root.toString();
  }

  private static void put(PairLaw law, ObjectNode pair) {
    pair.put("potential", law.form().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    pair.put("epsilon", law.epsilon());
    pair.put("sigma", law.sigma());
    if (law.form() == PairLaw.Form.HARMONIC) {
      return;
    }
    if (law.form() == PairLaw.Form.INVERSE_POWER) {
      pair.put("exponent", law.exponent());
    }
    pair.put("cutoff", law.cutoff());
    pair.put("shift", law.cut().name().toLowerCase(Locale.ROOT));
  }
}
