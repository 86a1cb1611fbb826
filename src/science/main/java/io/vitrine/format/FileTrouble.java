package io.vitrine.format;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** What went wrong with a file, in words for people: Java often names the file and no reason. */
public final class FileTrouble {
  private FileTrouble() {}

  /** The file, where it is known, and why it could not be used. */
  public static String of(IOException e) {
    if (e instanceof FileSystemException f && f.getFile() != null) {
      return f.getFile() + ": " + reason(f);
    }
    return reason(e);
  }

  /** The trouble with a file that is among the causes of a failure, if any does. */
  public static Optional<String> among(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileSystemException file) {
        return Optional.of(of(file));
      }
    }
    return Optional.empty();
  }

  /** Why a file could not be used, without its name where there is another reason to give. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException f) {
      return missing(f.getFile());
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of this name is there already, expected a folder or nothing";
    }
    if (e instanceof NotDirectoryException) {
      return "is no folder";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    if (e instanceof FileNotFoundException && e.getMessage() != null) {
      // java.io writes "FILE (No such file or directory)".
      return e.getMessage().replaceFirst(" \\((.*)\\)$", ": $1");
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String missing(String file) {
    Path folder = file == null ? null : Path.of(file).toAbsolutePath().getParent();
    return folder != null && !Files.isDirectory(folder)
        ? "no such folder, " + folder
        : "no such file or folder";
  }
}
