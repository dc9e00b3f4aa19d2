using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// Group normalisation (Wu and He 2018), as PyTorch's group_norm with eps 1e-5: every image's channels, group by group,
/// are brought to mean 0 and variance 1, then multiplied by a weight and moved by a bias of each channel. Images are
/// [pixels, width] with the channels filled up to whole vectors. All sums run pixel by pixel and then channel by
/// channel, so they are the same on every machine.
/// </summary>
internal sealed class GroupNormKernel<T>(int channels, int width, int pixels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostGroups = 8;
    private static readonly T Epsilon = T.CreateTruncating(1e-5);

    private readonly int _groupLength = channels / GroupsOf(channels);

    public int ParameterCount => 2 * channels;

    /// <summary>Of weights [width], then biases [width].</summary>
    public int PackedLength => 2 * width;

    /// <summary>What <see cref="Forward"/> leaves for the adjoint: of every channel the mean and one over the standard
    /// deviation of its group, then the input.</summary>
    public int KeptLength => checked((2 + pixels) * width);

    public int ScratchLength => 6 * width;

    /// <summary>The largest divisor of <paramref name="channels"/> that is at most 8.</summary>
    public static int GroupsOf(int channels)
    {
        var groups = Math.Min(MostGroups, channels);
        while (channels % groups != 0) groups--;
        return groups;
    }

    public void Pack(ReadOnlySpan<T> parameters, Span<T> packed)
    {
        packed.Clear();
        parameters[..channels].CopyTo(packed);
        parameters[channels..].CopyTo(packed[width..]);
    }

    public void Unpack(ReadOnlySpan<T> packedAdjoint, Span<T> parameterAdjoint)
    {
        packedAdjoint[..channels].CopyTo(parameterAdjoint);
        packedAdjoint.Slice(width, channels).CopyTo(parameterAdjoint[channels..]);
    }

    /// <summary>image = normalised image times weight plus bias.</summary>
    public void Forward(ReadOnlyDual<T> packed, Dual<T> image, Dual<T> kept, Dual<T> scratch)
    {
        var mean = kept.Slice(0, width);
        var scale = kept.Slice(width, width);
        var input = kept.Slice(2 * width, pixels * width);
        image.Value.CopyTo(input.Value);
        image.Tangent.CopyTo(input.Tangent);
        var sums = scratch.Value[..width];
        Sum(input.Value, sums);
        GroupMeans(sums, mean.Value);
        SumSquares(input.Value, mean.Value, sums);
        GroupMeans(sums, scale.Value);
        for (var c = 0; c < channels; c++) scale.Value[c] = T.One / T.Sqrt(scale.Value[c] + Epsilon);
        var weight = packed.Slice(0, width);
        var bias = packed.Slice(width, width);
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (m, r) = (At(mean.Value, c), At(scale.Value, c));
            var (w, b) = (At(weight.Value, c), At(bias.Value, c));
            for (var i = c; i < pixels * width; i += width) Put(image.Value, i, ((At(input.Value, i) - m) * r * w) + b);
        }

        if (!image.Tangent.IsEmpty) ForwardTangent(packed, image.Tangent, kept, sums);
    }

    /// <summary>outputAdjoint becomes the adjoint by the input; packedAdjoint += .</summary>
    public void Adjoint(
        ReadOnlyDual<T> packed, ReadOnlyDual<T> kept, Dual<T> packedAdjoint, Dual<T> outputAdjoint, Dual<T> scratch)
    {
        // With x the normalised input and d the output's adjoint: the weight's adjoint is the sum of d x, the bias's
        // that of d, the input's r (w d - A - x B), where A and B are the groups' means of w d and w d x.
        var mean = kept.Slice(0, width);
        var scale = kept.Slice(width, width);
        var input = kept.Slice(2 * width, pixels * width);
        var weightSums = scratch.Slice(0, width);
        var biasSums = scratch.Slice(width, width);
        var a = scratch.Slice(2 * width, width);
        var b = scratch.Slice(3 * width, width);
        var products = scratch.Value.Slice(4 * width, width);
        Sum(outputAdjoint.Value, biasSums.Value);
        SumProducts(outputAdjoint.Value, input.Value, mean.Value, scale.Value, weightSums.Value);
        var weight = packed.Slice(0, width);
        Multiply(weight.Value, biasSums.Value, products);
        GroupMeans(products, a.Value);
        Multiply(weight.Value, weightSums.Value, products);
        GroupMeans(products, b.Value);
        if (!outputAdjoint.Tangent.IsEmpty)
            AdjointTangent(weight, kept, weightSums, biasSums, a, b, outputAdjoint, products);
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (m, r) = (At(mean.Value, c), At(scale.Value, c));
            var (w, meanA, meanB) = (At(weight.Value, c), At(a.Value, c), At(b.Value, c));
            for (var i = c; i < pixels * width; i += width)
            {
                var x = (At(input.Value, i) - m) * r;
                Put(outputAdjoint.Value, i, ((w * At(outputAdjoint.Value, i)) - meanA - (x * meanB)) * r);
            }
        }

        Add(weightSums.Value, packedAdjoint.Value, 0);
        Add(biasSums.Value, packedAdjoint.Value, width);
        Add(weightSums.Tangent, packedAdjoint.Tangent, 0);
        Add(biasSums.Tangent, packedAdjoint.Tangent, width);
    }

    private void ForwardTangent(ReadOnlyDual<T> packed, Span<T> image, Dual<T> kept, Span<T> sums)
    {
        var mean = kept.Slice(0, width);
        var scale = kept.Slice(width, width);
        var input = kept.Slice(2 * width, pixels * width);
        Sum(input.Tangent, sums);
        GroupMeans(sums, mean.Tangent);
        // The tangent of r = (variance + eps)^(-1/2) is -r^2 times the mean of (normalised input times the tangent of
        // the input less its mean).
        sums.Clear();
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (m, r, tangentMean) = (At(mean.Value, c), At(scale.Value, c), At(mean.Tangent, c));
            var sum = Vector512<T>.Zero;
            for (var i = c; i < pixels * width; i += width)
                sum += (At(input.Value, i) - m) * r * (At(input.Tangent, i) - tangentMean);
            Put(sums, c, sum);
        }

        GroupMeans(sums, scale.Tangent);
        for (var c = 0; c < channels; c++) scale.Tangent[c] *= -(scale.Value[c] * scale.Value[c]);
        var weight = packed.Slice(0, width);
        var bias = packed.Slice(width, width);
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (m, r, w) = (At(mean.Value, c), At(scale.Value, c), At(weight.Value, c));
            var (tangentM, tangentR) = (At(mean.Tangent, c), At(scale.Tangent, c));
            var tangentW = packed.Tangent.IsEmpty ? Vector512<T>.Zero : At(weight.Tangent, c);
            var tangentB = packed.Tangent.IsEmpty ? Vector512<T>.Zero : At(bias.Tangent, c);
            for (var i = c; i < pixels * width; i += width)
            {
                var centred = At(input.Value, i) - m;
                var tangentX = ((At(input.Tangent, i) - tangentM) * r) + (centred * tangentR);
                Put(image, i, (tangentX * w) + (centred * r * tangentW) + tangentB);
            }
        }
    }

    /// <summary>The tangents of the sums and of the input's adjoint, from values of the output's adjoint that still
    /// stand.</summary>
    private void AdjointTangent(
        ReadOnlyDual<T> weight, ReadOnlyDual<T> kept, Dual<T> weightSums, Dual<T> biasSums, Dual<T> a, Dual<T> b,
        Dual<T> outputAdjoint, Span<T> products)
    {
        var mean = kept.Slice(0, width);
        var scale = kept.Slice(width, width);
        var input = kept.Slice(2 * width, pixels * width);
        Sum(outputAdjoint.Tangent, biasSums.Tangent);
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (m, r) = (At(mean.Value, c), At(scale.Value, c));
            var (tangentM, tangentR) = (At(mean.Tangent, c), At(scale.Tangent, c));
            var sum = Vector512<T>.Zero;
            for (var i = c; i < pixels * width; i += width)
            {
                var centred = At(input.Value, i) - m;
                var tangentX = ((At(input.Tangent, i) - tangentM) * r) + (centred * tangentR);
                sum += (At(outputAdjoint.Tangent, i) * centred * r) + (At(outputAdjoint.Value, i) * tangentX);
            }

            Put(weightSums.Tangent, c, sum);
        }

        Multiply(weight, biasSums, products);
        GroupMeans(products, a.Tangent);
        Multiply(weight, weightSums, products);
        GroupMeans(products, b.Tangent);
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (m, r, w) = (At(mean.Value, c), At(scale.Value, c), At(weight.Value, c));
            var (meanA, meanB) = (At(a.Value, c), At(b.Value, c));
            var (tangentM, tangentR) = (At(mean.Tangent, c), At(scale.Tangent, c));
            var (tangentA, tangentB) = (At(a.Tangent, c), At(b.Tangent, c));
            var tangentW = weight.Tangent.IsEmpty ? Vector512<T>.Zero : At(weight.Tangent, c);
            for (var i = c; i < pixels * width; i += width)
            {
                var centred = At(input.Value, i) - m;
                var x = centred * r;
                var tangentX = ((At(input.Tangent, i) - tangentM) * r) + (centred * tangentR);
                var (d, tangentD) = (At(outputAdjoint.Value, i), At(outputAdjoint.Tangent, i));
                var inner = (w * d) - meanA - (x * meanB);
                var tangentInner = (tangentW * d) + (w * tangentD) - tangentA - (tangentX * meanB) - (x * tangentB);
                Put(outputAdjoint.Tangent, i, (tangentR * inner) + (r * tangentInner));
            }
        }
    }

    private void Sum(ReadOnlySpan<T> image, Span<T> sums)
    {
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var sum = Vector512<T>.Zero;
            for (var i = c; i < pixels * width; i += width) sum += At(image, i);
            Put(sums, c, sum);
        }
    }

    private void SumSquares(ReadOnlySpan<T> image, ReadOnlySpan<T> mean, Span<T> sums)
    {
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (sum, m) = (Vector512<T>.Zero, At(mean, c));
            for (var i = c; i < pixels * width; i += width)
            {
                var centred = At(image, i) - m;
                sum += centred * centred;
            }

            Put(sums, c, sum);
        }
    }

    /// <summary>The sums of adjoint times normalised image.</summary>
    private void SumProducts(
        ReadOnlySpan<T> adjoint, ReadOnlySpan<T> image, ReadOnlySpan<T> mean, ReadOnlySpan<T> scale, Span<T> sums)
    {
        for (var c = 0; c < width; c += Vector512<T>.Count)
        {
            var (sum, m, r) = (Vector512<T>.Zero, At(mean, c), At(scale, c));
            for (var i = c; i < pixels * width; i += width) sum += At(adjoint, i) * (At(image, i) - m) * r;
            Put(sums, c, sum);
        }
    }

    /// <summary>means of every channel = the mean over pixels and channels of its group; 0 where no channel is.</summary>
    private void GroupMeans(ReadOnlySpan<T> sums, Span<T> means)
    {
        means.Clear();
        var count = T.CreateTruncating(_groupLength * pixels);
        for (var start = 0; start < channels; start += _groupLength)
        {
            var total = T.Zero;
            foreach (var sum in sums.Slice(start, _groupLength)) total += sum;
            means.Slice(start, _groupLength).Fill(total / count);
        }
    }

    private static void Multiply(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> products)
    {
        for (var i = 0; i < products.Length; i++) products[i] = left[i] * right[i];
    }

    /// <summary>products = the tangent of left times right.</summary>
    private static void Multiply(ReadOnlyDual<T> left, Dual<T> right, Span<T> products)
    {
        Multiply(left.Value, right.Tangent, products);
        if (left.Tangent.IsEmpty) return;
        for (var i = 0; i < products.Length; i++) products[i] += left.Tangent[i] * right.Value[i];
    }

    private void Add(ReadOnlySpan<T> sums, Span<T> packedAdjoint, int start)
    {
        if (!packedAdjoint.IsEmpty) FlatVector.AddScaled(packedAdjoint.Slice(start, width), T.One, sums);
    }

    private static Vector512<T> At(ReadOnlySpan<T> span, int index) =>
        Vector512.Create(span.Slice(index, Vector512<T>.Count));

    private static void Put(Span<T> span, int index, Vector512<T> vector) => vector.CopyTo(span[index..]);
}
