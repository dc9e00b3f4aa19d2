using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Cross-entropy of softmax(scores) against a class index, mean over records.</summary>
internal sealed class SoftmaxCrossEntropyHead<T>(int classes) : ILossHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Loss(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets)
    {
        double sum = 0;
        for (var i = 0; i < rows; i++)
        {
            var row = scores.Slice(i * classes, classes);
            var largest = Largest(row);
            var total = SumOfExponentials(row, largest);
            sum += ElementaryFunctions.Log(total) - double.CreateTruncating(row[ClassOf(targets[i])] - largest);
        }

        return sum / rows;
    }

    public void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint)
    {
        var count = T.CreateTruncating(rows);
        for (var i = 0; i < rows; i++)
        {
            var record = adjoint.Slice(i * classes, classes);
            Softmax(scores.Value.Slice(i * classes, classes), record.Value);
            if (!record.Tangent.IsEmpty)
            {
                var tangent = scores.Tangent.Slice(i * classes, classes);
                var mean = T.Zero;
                for (var j = 0; j < classes; j++) mean += record.Value[j] * tangent[j];
                for (var j = 0; j < classes; j++) record.Tangent[j] = record.Value[j] * (tangent[j] - mean) / count;
            }

            record.Value[ClassOf(targets[i])] -= T.One;
            for (var j = 0; j < classes; j++) record.Value[j] /= count;
        }
    }

    internal static void Softmax(ReadOnlySpan<T> scores, Span<T> probabilities)
    {
        var largest = Largest(scores);
        var total = SumOfExponentials(scores, largest);
        Span<double> eight = stackalloc double[8];
        for (var j = 0; j < scores.Length; j += eight.Length)
        {
            var count = Exponentials(scores[j..], largest, eight);
            for (var i = 0; i < count; i++) probabilities[j + i] = T.CreateTruncating(eight[i] / total);
        }
    }

    private static double SumOfExponentials(ReadOnlySpan<T> scores, T largest)
    {
        double total = 0;
        Span<double> eight = stackalloc double[8];
        for (var j = 0; j < scores.Length; j += eight.Length)
        {
            var count = Exponentials(scores[j..], largest, eight);
            for (var i = 0; i < count; i++) total += eight[i];
        }

        return total;
    }

    /// <summary>e to the power score - largest of the first eight scores.</summary>
    /// <returns>How many there were.</returns>
    private static int Exponentials(ReadOnlySpan<T> scores, T largest, Span<double> eight)
    {
        var count = Math.Min(scores.Length, eight.Length);
        for (var i = 0; i < count; i++) eight[i] = double.CreateTruncating(scores[i] - largest);
        ElementaryFunctions.Exp(eight);
        return count;
    }

    private static T Largest(ReadOnlySpan<T> row)
    {
        var largest = row[0];
        foreach (var score in row) largest = T.Max(largest, score);
        return largest;
    }

    private int ClassOf(T target)
    {
        var index = int.CreateSaturating(target);
        return index >= 0 && index < classes && T.CreateTruncating(index) == target
            ? index
            : throw new ArgumentException($"target {target} is no class index below {classes}");
    }
}
