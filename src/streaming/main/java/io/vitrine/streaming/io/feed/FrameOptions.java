package io.vitrine.streaming.io.feed;

import java.util.Map;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What a reader looks up when it starts; may differ between a stop and a resume. */
public interface FrameOptions extends PipelineOptions {

  /** Where the frames of each simulation come from, by identifier. */
  @Description("frame URI of each simulation, by identifier")
  Map<String, String> getFrames();

  /** Sets where frames come from. */
  void setFrames(Map<String, String> frames);

  /** Last simulation time to be read, tau; NaN for none. */
  @Description("last simulation time to be read, tau")
  @Default.Double(Double.NaN)
  double getUntil();

  /** Sets the last simulation time. */
  void setUntil(double tau);

  /** Whether a growing file ends where it has rested for {@code quiet=}. */
  @Description("whether a growing file ends where it has rested for quiet= of its URI")
  @Default.Boolean(false)
  boolean isUntilQuiet();

  /** Sets whether a growing file ends where it rests. */
  void setUntilQuiet(boolean ends);

  /** Distance of the frames of a window, ms of event time. */
  @Description("distance of the frames of a window, ms of event time")
  @Default.Long(1000)
  long getIntervalMillis();

  /** Sets the distance of frames. */
  void setIntervalMillis(long millis);

  /** Frames of a complete window. */
  @Description("frames of a complete window")
  @Default.Integer(11)
  int getWindowFrames();

  /** Sets the number of frames of a window. */
  void setWindowFrames(int frames);

  /** Names of the species a run began with, by type, separated by spaces; null for any. */
  @Description("names of the species, by type, separated by spaces")
  String getSpecies();

  /** Sets the names of the species. */
  void setSpecies(String names);

  /** Dimensions of space a run began with; 0 for any. */
  @Description("dimensions of space")
  @Default.Integer(0)
  int getDimensions();

  /** Sets the dimensions of space. */
  void setDimensions(int dimensions);

  /** Whether particles must have diameters. */
  @Description("whether particles must have diameters")
  @Default.Boolean(false)
  boolean getDiameters();

  /** Sets whether particles must have diameters. */
  void setDiameters(boolean needed);

  /** Folder of what live connections are drained into, where the reader runs. */
  @Description("folder of what live connections are drained into")
  String getSpool();

  /** Sets the folder of spools. */
  void setSpool(String folder);

  /**
   * How long an idle reader sleeps before it says that there is nothing, ms. Only for runners that
   * give each reader a thread of its own and would otherwise spin.
   */
  @Description("how long an idle reader sleeps, ms")
  @Default.Long(0)
  long getIdleMillis();

  /** Sets how long an idle reader sleeps. */
  void setIdleMillis(long millis);
}
