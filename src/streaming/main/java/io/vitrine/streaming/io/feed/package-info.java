/**
 * Where frames come from: files, IMD engines, Kafka topics, the built-in engine; and the URIs that
 * name them.
 */
package io.vitrine.streaming.io.feed;
