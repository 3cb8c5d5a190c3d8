package dev.merapi.arch

import java.io.File

/** The repository's root, as the build tells it to every test. */
internal val root: File =
  File(checkNotNull(System.getProperty("merapi.root")) { "merapi.root is not set: run the tests through ./mvnw" })
