package dev.merapi.function.intercept;

import com.sun.tools.attach.VirtualMachine;

/// The program of the helper process: starts an agent in another JVM.
///
/// Arguments: the process number, the agent's jar, its option.
final class Attacher {
  private Attacher() {}

  public static void main(String[] args) {
    try {
      VirtualMachine machine = VirtualMachine.attach(args[0]);
      try {
        machine.loadAgent(args[1], args[2]);
      } finally {
        machine.detach();
      }
    } catch (Exception e) {
      System.out.println(e);
      System.exit(1);
    }
  }
}
