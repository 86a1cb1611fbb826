/** Every file format the system reads or writes, and its own wire codecs. */
package io.vitrine.format;
