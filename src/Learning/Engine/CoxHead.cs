using System.Buffers;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// The negative Cox partial log-likelihood, mean over all patients: sorted by falling time (stable), patient i with
/// an event adds log sum_{j &lt;= i} e^{s_j} - s_i. Tied times keep the order of the batch, as FLamby's loss does.
/// Targets are (time, event).
/// </summary>
internal sealed class CoxHead<T> : ILossHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Loss(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets)
    {
        var rented = ArrayPool<Patient>.Shared.Rent(rows);
        var order = ByFallingTime(targets, rented.AsSpan(0, rows));
        double sum = 0, total = 0;
        var largest = double.NegativeInfinity;
        foreach (var (_, patient) in order)
        {
            var score = double.CreateTruncating(scores[patient]);
            // A running log-sum-exp: rescaled when a larger score enters the risk set.
            if (score > largest)
            {
                total *= ElementaryFunctions.Exp(largest - score);
                largest = score;
            }

            total += ElementaryFunctions.Exp(score - largest);
            if (targets[2 * patient + 1] != T.Zero) sum += ElementaryFunctions.Log(total) + largest - score;
        }

        Return(rented, order);
        return sum / rows;
    }

    public void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint)
    {
        var rented = ArrayPool<Patient>.Shared.Rent(rows);
        var order = ByFallingTime(targets, rented.AsSpan(0, rows));
        var largest = double.NegativeInfinity;
        foreach (var score in scores.Value) largest = Math.Max(largest, double.CreateTruncating(score));
        // With w = e^s: d loss / d s_j = (w_j * sum over events i at or after j in the order of 1 / W_i - event_j) / n,
        // W_i being the sum of w over the risk set of i. First W and its tangent forwards, then the sums backwards.
        var risks = ArrayPool<double>.Shared.Rent(2 * rows);
        var risk = risks.AsSpan(0, rows);
        var riskTangent = risks.AsSpan(rows, rows);
        double total = 0, totalTangent = 0;
        for (var i = 0; i < rows; i++)
        {
            var w = Weight(scores.Value[order[i].Row], largest);
            total += w;
            if (!scores.Tangent.IsEmpty) totalTangent += w * double.CreateTruncating(scores.Tangent[order[i].Row]);
            (risk[i], riskTangent[i]) = (total, totalTangent);
        }

        double hazard = 0, hazardTangent = 0;
        for (var i = rows - 1; i >= 0; i--)
        {
            var patient = order[i].Row;
            var happened = targets[2 * patient + 1] != T.Zero;
            if (happened)
            {
                hazard += 1 / risk[i];
                hazardTangent -= riskTangent[i] / (risk[i] * risk[i]);
            }

            var w = Weight(scores.Value[patient], largest);
            adjoint.Value[patient] = T.CreateTruncating((w * hazard - (happened ? 1 : 0)) / rows);
            if (adjoint.Tangent.IsEmpty) continue;
            var own = w * double.CreateTruncating(scores.Tangent[patient]);
            adjoint.Tangent[patient] = T.CreateTruncating((own * hazard + w * hazardTangent) / rows);
        }

        Return(risks, risks.AsSpan(0, 2 * rows));
        Return(rented, order);
    }

    private static double Weight(T score, double largest) =>
        ElementaryFunctions.Exp(double.CreateTruncating(score) - largest);

    private static Span<Patient> ByFallingTime(ReadOnlySpan<T> targets, Span<Patient> order)
    {
        for (var i = 0; i < order.Length; i++) order[i] = new Patient(targets[2 * i], i);
        order.Sort();
        return order;
    }

    /// <summary>What was written is about patients and does not linger in a shared pool.</summary>
    private static void Return<TItem>(TItem[] rented, Span<TItem> written)
    {
        written.Clear();
        ArrayPool<TItem>.Shared.Return(rented);
    }

    private readonly record struct Patient(T Time, int Row) : IComparable<Patient>
    {
        public int CompareTo(Patient other) =>
            other.Time.CompareTo(Time) is var later && later != 0 ? later : Row.CompareTo(other.Row);
    }
}
