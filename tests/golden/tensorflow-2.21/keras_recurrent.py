"""Makes layers_recurrent.jsonl.gz: what Keras's recurrent layers compute.

    python keras_recurrent.py

Made with TensorFlow 2.21.0 and Keras 3.15. Inputs after the first one are the initial states. States
of stacked cells are listed cell by cell, without Keras's nesting.
"""

from keras import layers as L
from keras_golden import Goldens, flags, reals


class Recurrent(Goldens):
    @staticmethod
    def called(layer, tensors, many, named):
        if not many:
            return layer(tensors[0], **named)
        if not hasattr(layer, "cells") and not isinstance(layer, (L.RNN, L.Bidirectional)):
            return layer(tensors[0], list(tensors[1:]), **named)  # a cell
        states = list(tensors[1:])
        if isinstance(getattr(layer, "cell", None), L.StackedRNNCells):
            nested = []
            for c in layer.cell.cells:
                n = len(c.state_size) if isinstance(c.state_size, (list, tuple)) else 1
                nested.append(states[:n] if isinstance(c.state_size, (list, tuple)) else states[0])
                states = states[n:]
            states = nested
        return layer(tensors[0], initial_state=states, **named)


g = Recurrent("layers_recurrent")
add = g.add
X = reals(3, 5, 4)
STEPS = flags([[1, 1, 0, 1, 0], [0, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
STARTING = flags([[0, 0, 1, 1, 1], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]])
REGULAR = dict(kernel_regularizer="l2", recurrent_regularizer="l1", bias_regularizer="l2")

for cls, n in [(L.LSTM, 2), (L.GRU, 1), (L.SimpleRNN, 1)]:
    states = [reals(3, 6)] * n
    add("plain", cls(6), X)
    add("float64", cls(6, dtype="float64", return_sequences=True), reals(3, 5, 4, dtype="float64"))
    add("sequences", cls(6, return_sequences=True), X)
    add("states", cls(6, return_sequences=True, return_state=True), X)
    add("last and states", cls(6, return_state=True), X)
    add("wide", cls(33, return_sequences=True, return_state=True), reals(7, 3, 19), scale=0.3)
    add("one unit", cls(1, return_sequences=True), reals(2, 4, 1))
    add("one step", cls(5, return_state=True), reals(4, 1, 3))
    add("initial", cls(6, return_sequences=True, return_state=True), X, *states)
    add("masked", cls(6), X, masks=[STEPS])
    add("masked sequences", cls(6, return_sequences=True, return_state=True), X, masks=[STEPS])
    # Beside initial states, Keras overlooks a mask that comes with the input.
    add("masked from the start", cls(6, return_sequences=True, return_state=True), X, *states,
        call={"mask": STARTING})
    add("masked, zeros", cls(6, return_sequences=True, return_state=True, zero_output_for_mask=True), X, masks=[STEPS])
    add("masked, zeros, last", cls(6, zero_output_for_mask=True), X, masks=[STEPS])
    add("backwards", cls(6, go_backwards=True, return_sequences=True, return_state=True), X)
    add("backwards, masked", cls(6, go_backwards=True, return_sequences=True), X, masks=[STEPS])
    add("no bias", cls(6, use_bias=False), X)
    add("relu", cls(6, activation="relu", return_sequences=True), X)
    add("linear", cls(6, activation=None), X)
    add("elu", cls(6, activation="elu", return_state=True, return_sequences=True), X, masks=[STEPS])
    add("unrolled", cls(6, unroll=True, return_sequences=True), X)
    add("unrolled, masked, zeros", cls(6, unroll=True, activation="softsign", return_sequences=True,
                                       zero_output_for_mask=True), X, masks=[STEPS])
    add("regularized", cls(6, activity_regularizer="l2", **REGULAR), X)
    if cls is L.SimpleRNN:
        # Its configuration has no seed; its cell's has.
        cls = lambda units, dropout=0.0, recurrent_dropout=0.0, seed=None, **more: L.RNN(
            L.SimpleRNNCell(units, dropout=dropout, recurrent_dropout=recurrent_dropout, seed=seed), **more)
    add("dropout", cls(6, dropout=0.4, seed=7), X, training=True)
    add("dropout, inference", cls(6, dropout=0.4, seed=7), X, training=False)
    add("dropout of states", cls(6, recurrent_dropout=0.3, seed=8, return_sequences=True), X, training=True)
    add("both dropouts", cls(6, dropout=0.2, recurrent_dropout=0.3, seed=9), X, training=True, masks=[STEPS])
    add("dropout, unused", cls(6, recurrent_dropout=0.3, dropout=0.2, seed=8), X, training=False)
    if n == 2 or cls is L.GRU:
        add("hard gates", cls(6, recurrent_activation="relu", return_sequences=True), X)
add("no forget bias", L.LSTM(4, unit_forget_bias=False), X)
for more in [{}, dict(return_sequences=True, return_state=True)]:
    name = "reset before" + (", states" if more else "")
    add(name, L.GRU(6, reset_after=False, **more), X)
    add(name + ", masked", L.GRU(6, reset_after=False, **more), X, masks=[STEPS])
add("reset before, relu", L.GRU(6, reset_after=False, activation="relu", return_sequences=True), X)
add("reset before, no bias", L.GRU(6, reset_after=False, use_bias=False), X)
add("reset before, dropouts", L.GRU(6, reset_after=False, dropout=0.3, recurrent_dropout=0.3, seed=3), X, training=True)
add("reset before, wide", L.GRU(35, reset_after=False, return_sequences=True), reals(8, 3, 5), scale=0.3)

for cls, n in [(L.LSTMCell, 2), (L.GRUCell, 1), (L.SimpleRNNCell, 1)]:
    add("step", cls(5), reals(3, 4), *[reals(3, 5)] * n)
    add("step, relu", cls(5, activation="relu", use_bias=False), reals(3, 4), *[reals(3, 5)] * n)
    kind = cls.__name__
    add(f"of {kind}", L.RNN(cls(6), return_sequences=True, return_state=True), X)
    add(f"of {kind}, masked", L.RNN(cls(6)), X, masks=[STEPS])
    add(f"of {kind}, softplus", L.RNN(cls(6, activation="softplus"), zero_output_for_mask=True), X, masks=[STEPS])
STACK = lambda: [L.LSTMCell(4), L.GRUCell(6), L.SimpleRNNCell(3)]
add("stacked", L.RNN(STACK()), X)
add("stacked, sequences", L.RNN(STACK(), return_sequences=True, return_state=True), X)
add("stacked, masked", L.RNN(STACK(), return_sequences=True, return_state=True), X, masks=[STEPS])
add("stacked, slow", L.RNN([L.LSTMCell(4, activation="elu"), L.SimpleRNNCell(3)], return_sequences=True), X, masks=[STEPS])
add("stacked, one", L.RNN([L.GRUCell(4)], return_sequences=True), X)
add("stacked, initial", L.RNN([L.LSTMCell(4), L.LSTMCell(6)], return_state=True), X,
    reals(3, 4), reals(3, 4), reals(3, 6), reals(3, 6))

for merge in ["concat", "sum", "mul", "ave", None]:
    add(f"lstm, {merge}", L.Bidirectional(L.LSTM(5), merge_mode=merge), X)
    add(f"lstm sequences, {merge}", L.Bidirectional(L.LSTM(5, return_sequences=True), merge_mode=merge), X)
    add(f"gru masked, {merge}", L.Bidirectional(L.GRU(5, return_sequences=True), merge_mode=merge), X, masks=[STEPS])
add("masked, last", L.Bidirectional(L.LSTM(5)), X, masks=[STEPS])
add("states", L.Bidirectional(L.LSTM(4, return_state=True, return_sequences=True)), X)
add("initial", L.Bidirectional(L.LSTM(4, return_state=True)), X, *[reals(3, 4)] * 4)
add("of RNN", L.Bidirectional(L.RNN(L.SimpleRNNCell(4), return_sequences=True)), X)
add("backward layer", L.Bidirectional(L.LSTM(4, return_sequences=True),
    backward_layer=L.GRU(3, return_sequences=True, go_backwards=True)), X)

for n, cls in [(1, L.ConvLSTM1D), (2, L.ConvLSTM2D), (3, L.ConvLSTM3D)]:
    size = (5, 4, 3)[:n]
    P = reals(2, 3, *size, 2)
    add("valid", cls(3, 2), P)
    add("same, sequences", cls(2, 3, padding="same", return_sequences=True, return_state=True), P)
    add("strides", cls(2, 2, strides=2, padding="same", return_sequences=True), P)
    add("dilated", cls(2, 2, dilation_rate=2), P)
    add("masked", cls(2, 2, return_sequences=True, go_backwards=True), P, masks=[flags([[1, 0, 1], [0, 1, 1]])])
    add("masked, zeros", cls(2, 2, padding="same", return_sequences=True, zero_output_for_mask=True), P,
        masks=[flags([[1, 0, 1], [0, 1, 1]])])
    add("arguments", cls(2, 2, activation="elu", recurrent_activation="relu", use_bias=False, **{
        k: v for k, v in REGULAR.items() if "bias" not in k}), P)
    add("dropouts", cls(2, 2, dropout=0.3, recurrent_dropout=0.2, seed=4), P, training=True)
    if n < 3:
        add("first", cls(2, 2, data_format="channels_first", return_sequences=True), reals(2, 3, 2, *size))

add("dense", L.TimeDistributed(L.Dense(3, activation="tanh")), X)
add("dense, masked", L.TimeDistributed(L.Dense(3)), X, masks=[STEPS])
add("convolution", L.TimeDistributed(L.Conv2D(2, 3, padding="same")), reals(2, 3, 5, 4, 2))
add("statistics", L.TimeDistributed(L.BatchNormalization()), X, training=True, positive=("variance",))
add("statistics, inference", L.TimeDistributed(L.BatchNormalization()), X, training=False, positive=("variance",))
add("recurrent", L.TimeDistributed(L.LSTM(3)), reals(2, 3, 4, 5))
add("flatten", L.TimeDistributed(L.Flatten()), reals(2, 3, 4, 5))
g.write()
