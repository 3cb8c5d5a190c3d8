/// Graphs of others read here, and ours read by others: what the specs of `interop` share.
package dev.merapi.interop;
