package dev.merapi.doc

import dev.merapi.suite.AcceptancePage
import dev.merapi.suite.OperationsPage
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.io.File

private const val REWRITE =
  "./mvnw -q test -pl tests -am -Dtest=PagesSpec -Dsurefire.failIfNoSpecifiedTests=false -Dmerapi.pages=write"

/** Pages that are written from declarations and tests are as fresh as those. */
class PagesSpec :
  StringSpec({
    val root = File(checkNotNull(System.getProperty("merapi.root")))

    fun check(
      page: String,
      text: String,
    ) {
      val file = root.resolve(page)
      if (System.getProperty("merapi.pages") == "write") {
        file.writeText(text)
      }
      val old = if (file.exists()) file.readLines() else listOf()
      val fresh = text.lines().dropLastWhile { it.isEmpty() }
      val first = fresh.indices.firstOrNull { old.getOrNull(it) != fresh[it] } ?: fresh.size
      withClue("$page is out of date from line ${first + 1} on; write it anew with\n  $REWRITE\n") {
        (old.size to old.getOrNull(first)) shouldBe (fresh.size to fresh.getOrNull(first))
      }
    }

    "docs/operations.md says what the declarations say" { check("docs/operations.md", OperationsPage.text()) }

    "docs/acceptance.md lists the tests that there are" {
      check("docs/acceptance.md", AcceptancePage.text(root.toPath()))
    }

    "tests name only acceptance rows that exist" { AcceptancePage.strangers(root.toPath()).shouldBeEmpty() }
  })
