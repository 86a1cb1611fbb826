package io.vitrine.serving;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of the page, all read at start: a request names one of them or nothing. */
final class Page {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final String[] FILES = {
    "index.html",
    "page.css",
    "page.js",
    "view.js",
    "option.js",
    "charts.js",
    "overview.js",
    "series.js",
    "relaxation.js",
    "distributions.js",
    "physics.js",
    "learning.js",
    "export.js",
    "groups.js",
    "events.js",
    "particles.js",
    "box.js",
    "icon.svg",
    "echarts.min.js"
  };

  private Page() {}

  /** Answers by path. */
  static Map<String, Answer> load() throws IOException {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (String name : FILES) {
      try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
        if (in == null) {
          throw new IOException("the page's file " + name + " is not in this build");
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        Answer answer = new Answer(type, in.readAllBytes());
        answers.put("/" + name, answer);
        if (name.equals("index.html")) {
          answers.put("/", answer);
        }
      }
    }
    return Map.copyOf(answers);
  }
}
