// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.optimizer.Adadelta;
import dev.merapi.nn.optimizer.Adafactor;
import dev.merapi.nn.optimizer.Adagrad;
import dev.merapi.nn.optimizer.Adam;
import dev.merapi.nn.optimizer.AdamW;
import dev.merapi.nn.optimizer.Adamax;
import dev.merapi.nn.optimizer.Ftrl;
import dev.merapi.nn.optimizer.Lamb;
import dev.merapi.nn.optimizer.Lion;
import dev.merapi.nn.optimizer.LossScaleOptimizer;
import dev.merapi.nn.optimizer.Muon;
import dev.merapi.nn.optimizer.Nadam;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.nn.optimizer.RMSprop;
import dev.merapi.nn.optimizer.SGD;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;

/// `tf.keras.optimizers`.
public abstract class OptimizersApi {
  protected OptimizersApi() {}

  /// Steps scaled by the ratio of earlier steps to earlier gradients.
  public static Adadelta Adadelta() {
    return new Adadelta();
  }

  /// Steps scaled by the ratio of earlier steps to earlier gradients.
  public static Adadelta Adadelta(double learningRate) {
    return new Adadelta(learningRate);
  }

  /// Steps scaled by the ratio of earlier steps to earlier gradients.
  public static Adadelta Adadelta(LearningRateSchedule learningRate) {
    return new Adadelta(learningRate);
  }

  /// Steps scaled by a mean square that is kept by rows and columns only, which takes little
  /// memory.
  public static Adafactor Adafactor() {
    return new Adafactor();
  }

  /// Steps scaled by a mean square that is kept by rows and columns only, which takes little
  /// memory.
  public static Adafactor Adafactor(double learningRate) {
    return new Adafactor(learningRate);
  }

  /// Steps scaled by a mean square that is kept by rows and columns only, which takes little
  /// memory.
  public static Adafactor Adafactor(LearningRateSchedule learningRate) {
    return new Adafactor(learningRate);
  }

  /// Steps scaled by the root of the sum of all squares so far.
  public static Adagrad Adagrad() {
    return new Adagrad();
  }

  /// Steps scaled by the root of the sum of all squares so far.
  public static Adagrad Adagrad(double learningRate) {
    return new Adagrad(learningRate);
  }

  /// Steps scaled by the root of the sum of all squares so far.
  public static Adagrad Adagrad(LearningRateSchedule learningRate) {
    return new Adagrad(learningRate);
  }

  /// Adam: steps scaled by running means of gradients and their squares.
  public static Adam Adam() {
    return new Adam();
  }

  /// Adam: steps scaled by running means of gradients and their squares.
  public static Adam Adam(double learningRate) {
    return new Adam(learningRate);
  }

  /// Adam: steps scaled by running means of gradients and their squares.
  public static Adam Adam(LearningRateSchedule learningRate) {
    return new Adam(learningRate);
  }

  /// Adam: steps scaled by running means of gradients and their squares.
  public static Adam Adam(double learningRate, double beta1, double beta2, double epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon);
  }

  /// Adam with weights that decay: by 0.004 of the learning rate in each step unless told
  /// otherwise.
  public static AdamW AdamW() {
    return new AdamW();
  }

  /// Adam with weights that decay: by 0.004 of the learning rate in each step unless told
  /// otherwise.
  public static AdamW AdamW(double learningRate) {
    return new AdamW(learningRate);
  }

  /// Adam with weights that decay: by 0.004 of the learning rate in each step unless told
  /// otherwise.
  public static AdamW AdamW(double learningRate, double weightDecay) {
    return new AdamW(learningRate, weightDecay);
  }

  /// Adam with weights that decay: by 0.004 of the learning rate in each step unless told
  /// otherwise.
  public static AdamW AdamW(LearningRateSchedule learningRate) {
    return new AdamW(learningRate);
  }

  /// Adam by the largest gradient of late instead of the mean square.
  public static Adamax Adamax() {
    return new Adamax();
  }

  /// Adam by the largest gradient of late instead of the mean square.
  public static Adamax Adamax(double learningRate) {
    return new Adamax(learningRate);
  }

  /// Adam by the largest gradient of late instead of the mean square.
  public static Adamax Adamax(LearningRateSchedule learningRate) {
    return new Adamax(learningRate);
  }

  /// Follows the regularised leader: with a penalty on sizes small weights become 0.
  public static Ftrl Ftrl() {
    return new Ftrl();
  }

  /// Follows the regularised leader: with a penalty on sizes small weights become 0.
  public static Ftrl Ftrl(double learningRate) {
    return new Ftrl(learningRate);
  }

  /// Follows the regularised leader: with a penalty on sizes small weights become 0.
  public static Ftrl Ftrl(LearningRateSchedule learningRate) {
    return new Ftrl(learningRate);
  }

  /// Adam's direction with a step in proportion to the size of the weights, variable by variable.
  public static Lamb Lamb() {
    return new Lamb();
  }

  /// Adam's direction with a step in proportion to the size of the weights, variable by variable.
  public static Lamb Lamb(double learningRate) {
    return new Lamb(learningRate);
  }

  /// Adam's direction with a step in proportion to the size of the weights, variable by variable.
  public static Lamb Lamb(LearningRateSchedule learningRate) {
    return new Lamb(learningRate);
  }

  /// Steps of one size, in the direction of the sign of a running mean.
  public static Lion Lion() {
    return new Lion();
  }

  /// Steps of one size, in the direction of the sign of a running mean.
  public static Lion Lion(double learningRate) {
    return new Lion(learningRate);
  }

  /// Steps of one size, in the direction of the sign of a running mean.
  public static Lion Lion(LearningRateSchedule learningRate) {
    return new Lion(learningRate);
  }

  /// Multiplies losses so that small gradients are not lost in float16, and finds the factor by
  /// itself: it halves when a gradient is not finite, and the step is left out; it doubles after
  /// many steps.
  public static LossScaleOptimizer LossScaleOptimizer(Optimizer inner) {
    return new LossScaleOptimizer(inner);
  }

  /// Multiplies losses so that small gradients are not lost in float16, and finds the factor by
  /// itself: it halves when a gradient is not finite, and the step is left out; it doubles after
  /// many steps.
  public static LossScaleOptimizer LossScaleOptimizer(
      Optimizer inner, double initialScale, int dynamicGrowthSteps) {
    return new LossScaleOptimizer(inner, initialScale, dynamicGrowthSteps);
  }

  /// Momentum made orthogonal, for the matrices between hidden layers; all other variables step as
  /// by [AdamW].
  public static Muon Muon() {
    return new Muon();
  }

  /// Momentum made orthogonal, for the matrices between hidden layers; all other variables step as
  /// by [AdamW].
  public static Muon Muon(double learningRate) {
    return new Muon(learningRate);
  }

  /// Momentum made orthogonal, for the matrices between hidden layers; all other variables step as
  /// by [AdamW].
  public static Muon Muon(LearningRateSchedule learningRate) {
    return new Muon(learningRate);
  }

  /// Adam with the look-ahead of Nesterov.
  public static Nadam Nadam() {
    return new Nadam();
  }

  /// Adam with the look-ahead of Nesterov.
  public static Nadam Nadam(double learningRate) {
    return new Nadam(learningRate);
  }

  /// Adam with the look-ahead of Nesterov.
  public static Nadam Nadam(LearningRateSchedule learningRate) {
    return new Nadam(learningRate);
  }

  /// Steps scaled by the root of a running mean of squares; with momentum, or by the variance, if
  /// asked for.
  public static RMSprop RMSprop() {
    return new RMSprop();
  }

  /// Steps scaled by the root of a running mean of squares; with momentum, or by the variance, if
  /// asked for.
  public static RMSprop RMSprop(double learningRate) {
    return new RMSprop(learningRate);
  }

  /// Steps scaled by the root of a running mean of squares; with momentum, or by the variance, if
  /// asked for.
  public static RMSprop RMSprop(LearningRateSchedule learningRate) {
    return new RMSprop(learningRate);
  }

  /// Gradient descent, with momentum if asked for.
  public static SGD SGD() {
    return new SGD();
  }

  /// Gradient descent, with momentum if asked for.
  public static SGD SGD(double learningRate) {
    return new SGD(learningRate);
  }

  /// Gradient descent, with momentum if asked for.
  public static SGD SGD(LearningRateSchedule learningRate) {
    return new SGD(learningRate);
  }

  /// Gradient descent, with momentum if asked for.
  public static SGD SGD(double learningRate, double momentum, boolean nesterov) {
    return new SGD(learningRate, momentum, nesterov);
  }
}
