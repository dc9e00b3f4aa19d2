using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FedMeta.Learning.Torch;

/// <summary>Between arrays of .NET and tensors on the device.</summary>
internal sealed class Transfer(Device device)
{
    /// <summary>A vector of float, double or long.</summary>
    public Tensor Upload<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged => Host(values).to(device);

    /// <summary>A vector to differentiate by. Made as one from the start: to turn a tensor into one later leaks in
    /// older versions.</summary>
    public Tensor Leaf<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged
    {
        var leaf = zeros((long)values.Length, KindOf<TElement>(), device, requires_grad: true);
        using var quiet = no_grad();
        leaf.copy_(Host(values));
        return leaf;
    }

    /// <summary>Copies all elements, row-major.</summary>
    public void Download<TElement>(Tensor from, Span<TElement> to)
        where TElement : unmanaged => from.cpu().contiguous().bytes.CopyTo(MemoryMarshal.AsBytes(to));

    /// <summary>The one element of a tensor of float or double.</summary>
    public double Number<TElement>(Tensor from)
        where TElement : unmanaged
    {
        Span<TElement> one = stackalloc TElement[1];
        Download(from, one);
        return one[0] is float single ? single : (double)(object)one[0];
    }

    // The bytes are written in main memory: a write to the bytes of a device's tensor goes anywhere.
    private static Tensor Host<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged
    {
        var host = zeros((long)values.Length, KindOf<TElement>());
        MemoryMarshal.AsBytes(values).CopyTo(host.bytes);
        return host;
    }

    private static ScalarType KindOf<TElement>() => default(TElement) switch
    {
        float => ScalarType.Float32,
        double => ScalarType.Float64,
        long => ScalarType.Int64,
        _ => throw new ArgumentException($"no tensors of {typeof(TElement).Name} here"),
    };
}
