using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace FedMeta.Learning.Torch;

/// <summary>
/// Models in TorchSharp, on the CPU or an NVIDIA device; held to the same reference values as the managed engine. Sums
/// are taken in another order than there, so bits differ, and on a device they may differ from run to run.
/// </summary>
public sealed class TorchSharpEngine : IEngine
{
    private static readonly string[] Kinds =
        ["linear", "logistic", "softmax", "mlp-relu", "mlp-tanh", "conv-relu", "conv-norm-relu", "cox"];

    private static readonly LossKind[] Losses =
    [
        LossKind.SquaredError, LossKind.BinaryCrossEntropy, LossKind.SoftmaxCrossEntropy,
        LossKind.CoxPartialLikelihood, LossKind.Prototypes,
    ];

    private readonly DeviceType _device;

    private TorchSharpEngine(DeviceType device) => _device = device;

    /// <inheritdoc/>
    public string Name => "torchsharp";

    /// <inheritdoc/>
    public string Device => _device == DeviceType.CUDA ? "cuda" : "cpu";

    /// <inheritdoc/>
    public bool Reproducible => false;

    /// <summary>The engine, where this build and this machine have it. Sets what holds for the whole process: one
    /// thread for each operation on the CPU, and single precision that is not rounded to TF32.</summary>
    /// <param name="device">Where to compute.</param>
    /// <param name="why">What was found, or what is missing, in words.</param>
    /// <returns>Null where it is not to be had.</returns>
    public static TorchSharpEngine? Find(TorchDevice device, out string why)
    {
        try
        {
            _ = new Device(DeviceType.CPU); // the contract ends here, and nothing native is touched yet
            return Load(device, out why);
        }
        catch (Exception fault) when (IsMissing(fault))
        {
            var innermost = fault.GetBaseException();
            var said = innermost.Message.Split('\n')[0].TrimEnd();
            why = innermost is PlatformNotSupportedException
                ? said
                : $"TorchSharp's native library cannot be loaded: {said}";
            return null;
        }
    }

    /// <summary>Why a model is not to be had from this engine, in words; null where it is.</summary>
    public static string? Refusal(ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Kinds.Contains(spec.Kind) && Losses.Contains(spec.Loss)
            ? null
            : $"the TorchSharp engine has no {spec.Kind} model; the managed engine has it";
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model is one of <see cref="Refusal"/>, or T is neither float nor
    /// double.</exception>
    public IModel<T> Build<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Refusal(spec) is { } refusal) throw new ArgumentException(refusal);
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new ArgumentException($"the TorchSharp engine computes in float or double, not in {typeof(T).Name}");
        return new TorchSharpModel<T>(spec, new Device(_device, _device == DeviceType.CUDA ? 0 : -1));
    }

    private static TorchSharpEngine? Load(TorchDevice device, out string why)
    {
        // Where its native library is missing the package writes a page to the standard output before it throws.
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            using (NewDisposeScope()) _ = zeros(1L, ScalarType.Float64);
            set_num_threads(1);
            var found = device != TorchDevice.Cpu && CudaIsThere();
            why = found ? "TorchSharp finds a CUDA device"
                : device == TorchDevice.Cpu ? "TorchSharp is there"
                : "TorchSharp is there and finds no CUDA device";
            if (!found) return device == TorchDevice.Cuda ? null : new TorchSharpEngine(DeviceType.CPU);
            backends.cuda.matmul.allow_tf32 = false;
            backends.cudnn.allow_tf32 = false;
            return new TorchSharpEngine(DeviceType.CUDA);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    // In a build for the CPU alone the question itself can fail.
    private static bool CudaIsThere()
    {
        try
        {
            return cuda.is_available();
        }
        catch (Exception fault) when (IsMissing(fault))
        {
            return false;
        }
    }

    private static bool IsMissing(Exception fault) => fault is NotSupportedException or TypeInitializationException
        or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or FileNotFoundException;
}
