package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Knows which variables do not decay.
final class WeightDecay {
  private final Set<Variable> excluded = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Pattern> patterns = new ArrayList<>();

  void exclude(List<Variable> variables, List<String> names) {
    excluded.addAll(variables);
    names.forEach(n -> patterns.add(Pattern.compile(n)));
  }

  boolean isDue(Variable v) {
    return !excluded.contains(v) && patterns.stream().noneMatch(p -> p.matcher(v.name()).find());
  }
}
