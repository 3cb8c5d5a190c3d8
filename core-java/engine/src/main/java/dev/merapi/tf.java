package dev.merapi;

import dev.merapi.data.DatasetSources;
import dev.merapi.facade.ConfigApi;
import dev.merapi.facade.DebuggingApi;
import dev.merapi.facade.ImageApi;
import dev.merapi.facade.LinalgApi;
import dev.merapi.facade.MathApi;
import dev.merapi.facade.NnApi;
import dev.merapi.facade.RandomApi;
import dev.merapi.facade.TextApi;
import dev.merapi.facade.TfApi;
import dev.merapi.facade.TfBitwiseOps;
import dev.merapi.facade.TfMathSpecialOps;
import dev.merapi.facade.TfQuantizationOps;
import dev.merapi.nn.keras.ActivationsApi;
import dev.merapi.nn.keras.CallbacksApi;
import dev.merapi.nn.keras.ConstraintsApi;
import dev.merapi.nn.keras.InitializersApi;
import dev.merapi.nn.keras.KerasApi;
import dev.merapi.nn.keras.LayersApi;
import dev.merapi.nn.keras.LossesApi;
import dev.merapi.nn.keras.MetricsApi;
import dev.merapi.nn.keras.OptimizersApi;
import dev.merapi.nn.keras.RegularizersApi;
import dev.merapi.nn.keras.SchedulesApi;
import dev.merapi.tensor.DType;

/// The one entry to Merapi, spelled as TensorFlow spells it: `tf.constant`, `tf.nn.relu`,
/// `tf.random.uniform`.
///
/// Wherever a tensor is asked for, a variable, a number, an array or a list of numbers will do; a
/// number beside a tensor takes the tensor's element type.
///
/// The class is called `tf`, against Java's custom, so that a line of TensorFlow reads the same
/// here.
public final class tf extends TfApi {
  public static final DType float16 = DType.F16;
  public static final DType bfloat16 = DType.BF16;
  public static final DType float32 = DType.F32;
  public static final DType float64 = DType.F64;
  public static final DType int8 = DType.I8;
  public static final DType int16 = DType.I16;
  public static final DType int32 = DType.I32;
  public static final DType int64 = DType.I64;
  public static final DType uint8 = DType.U8;
  public static final DType uint16 = DType.U16;
  public static final DType uint32 = DType.U32;
  public static final DType uint64 = DType.U64;
  public static final DType bool = DType.BOOL;
  public static final DType string = DType.STRING;
  public static final DType complex64 = DType.C64;
  public static final DType complex128 = DType.C128;
  public static final DType resource = DType.RESOURCE;
  public static final DType variant = DType.VARIANT;

  private tf() {}

  /// Mathematics.
  public static final class math extends MathApi {
    private math() {}

    /// Special functions.
    public static final class special extends TfMathSpecialOps {
      private special() {}
    }
  }

  /// Neural networks: convolutions, pooling, activations, losses.
  public static final class nn extends NnApi {
    private nn() {}
  }

  /// Linear algebra.
  public static final class linalg extends LinalgApi {
    private linalg() {}
  }

  /// Random numbers.
  public static final class random extends RandomApi {
    private random() {}
  }

  /// Pictures.
  public static final class image extends ImageApi {
    private image() {}
  }

  /// Checks of values.
  public static final class debugging extends DebuggingApi {
    private debugging() {}
  }

  /// Rounding to few bits, for networks that will be stored in them.
  public static final class quantization extends TfQuantizationOps {
    private quantization() {}
  }

  /// Text.
  public static final class strings extends TextApi {
    private strings() {}
  }

  /// Logic on bits.
  public static final class bitwise extends TfBitwiseOps {
    private bitwise() {}
  }

  /// Pipelines that bring examples to a model.
  public static final class data {
    /// Leaves a number to us: how many elements ahead, how many calls at a time.
    public static final int AUTOTUNE = dev.merapi.data.Dataset.AUTOTUNE;

    /// The cardinality of a dataset that never ends.
    public static final long INFINITE_CARDINALITY = dev.merapi.data.Dataset.INFINITE_CARDINALITY;

    /// The cardinality of a dataset of which only an iteration shows how many elements it has.
    public static final long UNKNOWN_CARDINALITY = dev.merapi.data.Dataset.UNKNOWN_CARDINALITY;

    private data() {}

    /// Makes datasets; the type of what it makes is [dev.merapi.data.Dataset].
    public static final class Dataset extends DatasetSources {
      private Dataset() {}
    }
  }

  /// Devices, memory, threads.
  public static final class config extends ConfigApi {
    private config() {}

    /// The name under which TensorFlow 2.0 had these functions.
    public static final class experimental extends ConfigApi {
      private experimental() {}
    }
  }

  /// Layers, models, training, spelled as Keras spells them: `tf.keras.layers.Dense(10)`.
  public static final class keras extends KerasApi {
    private keras() {}

    public static final class layers extends LayersApi {
      private layers() {}
    }

    public static final class models extends KerasApi.Models {
      private models() {}
    }

    public static final class losses extends LossesApi {
      private losses() {}
    }

    public static final class metrics extends MetricsApi {
      private metrics() {}
    }

    public static final class optimizers extends OptimizersApi {
      private optimizers() {}

      public static final class schedules extends SchedulesApi {
        private schedules() {}
      }
    }

    public static final class initializers extends InitializersApi {
      private initializers() {}
    }

    public static final class regularizers extends RegularizersApi {
      private regularizers() {}
    }

    public static final class constraints extends ConstraintsApi {
      private constraints() {}
    }

    public static final class callbacks extends CallbacksApi {
      private callbacks() {}
    }

    public static final class activations extends ActivationsApi {
      private activations() {}
    }

    public static final class backend extends KerasApi.Backend {
      private backend() {}
    }

    public static final class utils extends KerasApi.Utils {
      private utils() {}
    }

    public static final class mixed_precision extends KerasApi.MixedPrecision {
      private mixed_precision() {}
    }
  }
}
