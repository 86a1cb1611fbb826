package io.vitrine.format.h5md;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetReader;
import io.jhdf.filter.PipelineFilterWithData;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows along the first dimension of a data set, or all of it, as flat arrays.
 *
 * <p>What the data set claims to be is checked against the size of the file before jhdf sees it: a
 * row and a chunk can be no larger than the file (1032 times, where they are packed: more than
 * deflate can do), and there is no more than one chunk for 8 bytes of the file. Filters are
 * deflate, shuffle and Fletcher's checksum, each once.
 *
 * <p>The chunk unpacked last is kept, so that a chunk of many rows is unpacked once.
 */
final class H5Rows {
  private static final long MOST_PACKED = 1032;
  private static final Set<Integer> FILTERS = Set.of(1, 2, 3);
  private static final int LARGEST_ELEMENT = 4096;
  private static final int CHUNK_ENTRY = 8;
  private static final int SPARE_CHUNKS = 64;
  private static final int KEPT_BYTES = 1 << 25;

  private final String name;
  private final Dataset dataset;
  private final H5Storage storage;
  private final int[] shape;
  private final int rowElements;
  private final int elementBytes;
  private int[] kept;
  private byte[] unpacked;

  H5Rows(Dataset dataset, H5Storage storage) throws IOException {
    this.name = dataset.getPath();
    this.dataset = dataset;
    this.storage = storage;
    this.shape = dataset.getDimensions();
    this.elementBytes = dataset.getDataType().getSize();
    if (elementBytes < 1 || elementBytes > LARGEST_ELEMENT) {
      throw expected("elements of 1 to " + LARGEST_ELEMENT + " bytes", elementBytes);
    }
    if (!isKnown(dataset.getDataType())) {
      throw expected("numbers or strings", dataset.getDataType().getClass().getSimpleName());
    }
    long bytes = elementBytes;
    for (int d = 1; d < shape.length; d++) {
      bytes = limited(bytes * shape[d], "a row");
    }
    this.rowElements = (int) (bytes / elementBytes);
    if (dataset instanceof ChunkedDataset chunked) {
      checkChunks(chunked.getChunkDimensions());
    }
  }

  private static boolean isKnown(DataType type) {
    return type instanceof FixedPoint
        || type instanceof FloatingPoint
        || type instanceof StringData
        || (type instanceof EnumDataType labels && labels.getBaseType() instanceof FixedPoint)
        || (type instanceof VariableLength text && text.isVariableLengthString());
  }

  private long most() {
    return Math.min(
        Integer.MAX_VALUE, storage.size() * (dataset.getFilters().isEmpty() ? 1 : MOST_PACKED));
  }

  private long limited(long bytes, String what) throws IOException {
    if (bytes < 0 || bytes > most()) {
      throw expected(what + " of at most " + most() + " bytes, as the file is so small", bytes);
    }
    return bytes;
  }

  private void checkChunks(int[] chunk) throws IOException {
    Set<Integer> filters = new TreeSet<>();
    for (PipelineFilterWithData filter : dataset.getFilters()) {
      if (!FILTERS.contains(filter.getId()) || !filters.add(filter.getId())) {
        throw expected("filters deflate, shuffle and fletcher32, each once", filter.getName());
      }
    }
    if (chunk.length != shape.length) {
      throw expected("chunks of " + shape.length + " dimensions", chunk.length);
    }
    long bytes = elementBytes;
    long count = 1;
    for (int d = 0; d < chunk.length; d++) {
      if (chunk[d] < 1) {
        throw expected("chunks of at least 1 in each dimension", Arrays.toString(chunk));
      }
      count *= ((long) shape[d] + chunk[d] - 1) / chunk[d];
      if (count > SPARE_CHUNKS + storage.size() / CHUNK_ENTRY) {
        throw expected("as many chunks as the file has room for", count);
      }
      bytes *= chunk[d];
      if (count > 0) {
        limited(bytes, "a chunk");
      }
    }
  }

  private IOException expected(String what, Object found) {
    return new IOException(name + ": expected " + what + ", found " + found);
  }

  /** Numbers of the dimensions. */
  int[] shape() {
    return shape.clone();
  }

  /** Number of rows; 0 where there is no dimension. */
  int rows() {
    return shape.length == 0 ? 0 : shape[0];
  }

  /** Rows that a chunk holds; 1 where there are no chunks. */
  int chunkRows() {
    return dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[0] : 1;
  }

  /** One row, flat or nested, of exactly as many elements as the shape says. */
  Object row(long row) throws IOException {
    if (shape.length == 0 || row < 0 || row >= shape[0]) {
      throw expected("a row " + row, Arrays.toString(shape));
    }
    if (dataset instanceof ContiguousDataset) {
      return part(row, rowElements);
    }
    if (dataset instanceof ChunkedDataset chunked && holdsWholeRows(chunked)) {
      return ofChunk(chunked, row);
    }
    long[] offset = new long[shape.length];
    offset[0] = row;
    int[] count = shape.clone();
    count[0] = 1;
    return dataset.getData(offset, count);
  }

  /** All of it, flat or nested. */
  Object all() throws IOException {
    int rows = shape.length == 0 ? 1 : shape[0];
    limited((long) rows * rowElements * elementBytes, "a value");
    return dataset instanceof ContiguousDataset ? part(0, rows * rowElements) : dataset.getData();
  }

  private Object part(long row, int elements) {
    long rowBytes = (long) rowElements * elementBytes;
    long address = ((ContiguousDataset) dataset).getDataAddress();
    return elements(
        storage.map(address + row * rowBytes, (long) elements * elementBytes), elements);
  }

  private boolean holdsWholeRows(ChunkedDataset chunked) {
    int[] chunk = chunked.getChunkDimensions();
    for (int d = 1; d < chunk.length; d++) {
      if (chunk[d] != shape[d]) {
        return false;
      }
    }
    return true;
  }

  private Object ofChunk(ChunkedDataset chunked, long row) throws IOException {
    int rows = chunkRows();
    int[] offset = new int[shape.length];
    offset[0] = (int) (row / rows * rows);
    byte[] bytes = Arrays.equals(kept, offset) ? unpacked : chunked.getDecompressedChunk(offset);
    long rowBytes = (long) rowElements * elementBytes;
    long from = row % rows * rowBytes;
    if (from + rowBytes > bytes.length) {
      throw expected("a chunk of " + rows * rowBytes + " bytes at row " + row, bytes.length);
    }
    boolean keep = rows > 1 && bytes.length <= KEPT_BYTES;
    kept = keep ? offset : null;
    unpacked = keep ? bytes : null;
    return elements(ByteBuffer.wrap(bytes, (int) from, (int) rowBytes).slice(), rowElements);
  }

  private Object elements(ByteBuffer bytes, int count) {
    return DatasetReader.readDataset(
        dataset.getDataType(), bytes.order(ByteOrder.LITTLE_ENDIAN), new int[] {count}, storage);
  }
}
