package dev.merapi.function.intercept;

import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;

/// Says what the classes that a class names are subclasses of, for stages that compute stack maps
/// anew, without loading any of them.
final class Hierarchy {
  private Hierarchy() {}

  /// Asks in this order: the class itself, the class files that its loader finds, the JDK's. A
  /// class that none of them knows (made at run time) counts as one that extends Object.
  static ClassHierarchyResolver of(ClassModel model, ClassLoader loader) {
    ClassDesc self = model.thisClass().asSymbol();
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    ClassHierarchyInfo own =
        isInterface
            ? ClassHierarchyInfo.ofInterface()
            : ClassHierarchyInfo.ofClass(
                model
                    .superclass()
                    .orElseThrow(() -> new IllegalArgumentException("no superclass"))
                    .asSymbol());
    ClassHierarchyResolver known =
        ClassHierarchyResolver.ofResourceParsing(loader)
            .orElse(ClassHierarchyResolver.defaultResolver())
            .orElse(c -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object));
    ClassHierarchyResolver first = c -> c.equals(self) ? own : null;
    return first.orElse(known).cached();
  }
}
