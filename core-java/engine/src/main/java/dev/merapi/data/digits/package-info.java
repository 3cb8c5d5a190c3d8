/// A data set that draws itself: handwritten-looking digits, so that a first training needs no
/// download.
///
/// - **Who lives here:** [Digits], the one public door; behind it the alphabets (`Fonts`), a drawn
///   figure with its distortions (`Figure`), the page it is inked on (`Page`), and the random
///   numbers (`SplitMix`).
/// - **Who does not:** system fonts and AWT. They differ between machines, and a server has none.
/// - **Who may knock:** anybody who wants pictures to learn from.
///
/// Implementation note: one seed gives the same bits on every machine. So the code uses only `+ -
/// * /`, `Math.sqrt` (exactly rounded by IEEE 754) and `StrictMath`, and those operations of JOML
///   that do no more than that; `Matrix3x2d.rotate` is not one, as it takes its sine from
///   `java.lang.Math`.
@NullMarked
package dev.merapi.data.digits;

import org.jspecify.annotations.NullMarked;
