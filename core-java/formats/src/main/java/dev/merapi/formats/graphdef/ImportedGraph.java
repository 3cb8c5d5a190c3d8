package dev.merapi.formats.graphdef;

import dev.merapi.graph.Graph;
import dev.merapi.memory.Cell;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A graph that was read, with the names that its file gives to what goes in and comes out.
///
/// @param graph inputs in the order of `inputs`, then captured variables
/// @param inputs names of the placeholders
/// @param outputs names of the results, `node:index`
/// @param variables places of the variables by name; whoever runs the graph fills them first
public record ImportedGraph(
    Graph graph, List<String> inputs, List<String> outputs, Map<String, Cell> variables) {

  /// Runs the graph: values by placeholder, results by output name.
  ///
  /// Fails: `ValueError` when a placeholder has no value or a value has no placeholder.
  public Map<String, Tensor> run(Map<String, Tensor> feeds) {
    for (String name : feeds.keySet()) {
      if (!inputs.contains(name)) {
        throw Message.what("the graph has no placeholder '" + name + "'")
            .given(feeds.keySet().toString())
            .expected("values for " + inputs)
            .valueError();
      }
    }
    Tensor[] in = new Tensor[graph.inputs().size()];
    for (int i = 0; i < inputs.size(); i++) {
      Tensor t = feeds.get(inputs.get(i));
      if (t == null) {
        throw Message.what("no value for placeholder '" + inputs.get(i) + "'")
            .given(feeds.keySet().toString())
            .expected("values for " + inputs)
            .valueError();
      }
      in[i] = t;
    }
    List<Graph.Capture> captures = graph.captures();
    for (int i = 0; i < captures.size(); i++) {
      in[inputs.size() + i] = captures.get(i).outer();
    }
    Tensor[] out = graph.run(in);
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < out.length; i++) {
      named.put(outputs.get(i), out[i]);
    }
    return named;
  }
}
