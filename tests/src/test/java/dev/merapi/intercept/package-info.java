/// Annotated methods as users write them, and the programs that call them.
///
/// Who lives here: methods of every kind (`JavaKinds`, in Kotlin `KotlinKinds.kt`), programs for
/// JVMs of their own (`Attaching`, `Cells`, `CallCost`), what stands in for functions (`Toys`), and
/// the tests over them. Who does not: tests of a single class of the library (those are in its
/// package). Who may knock: tests.
package dev.merapi.intercept;
