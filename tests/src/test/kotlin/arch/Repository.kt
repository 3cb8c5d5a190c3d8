package dev.merapi.arch

import java.io.File

/** The repository's root, as the build tells it to every test. */
internal val root: File =
  File(checkNotNull(System.getProperty("merapi.root")) { "merapi.root is not set: run the tests through ./mvnw" })

/** Everything people wrote: no build outputs, nothing generated, nothing hidden. */
internal fun handWritten(vararg extensions: String): List<File> =
  root
    .walkTopDown()
    .onEnter { it == root || !(it.name.startsWith(".") || it.name == "target" || it.endsWith("src/generated")) }
    .filter { it.isFile && it.extension in extensions }
    .sorted()
    .toList()

internal val File.fromRoot: String get() = relativeTo(root).invariantSeparatorsPath
