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
        var order = ByFallingTime(rows, targets);
        double sum = 0, total = 0;
        var largest = double.NegativeInfinity;
        foreach (var patient in order)
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

        return sum / rows;
    }

    public void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint)
    {
        var order = ByFallingTime(rows, targets);
        var largest = double.NegativeInfinity;
        foreach (var score in scores.Value) largest = Math.Max(largest, double.CreateTruncating(score));
        // With w = e^s: d loss / d s_j = (w_j * sum over events i at or after j in the order of 1 / W_i - event_j) / n,
        // W_i being the sum of w over the risk set of i. First W and its tangent forwards, then the sums backwards.
        var (risk, riskTangent) = (new double[rows], new double[rows]);
        double total = 0, totalTangent = 0;
        for (var i = 0; i < rows; i++)
        {
            var w = Weight(scores.Value[order[i]], largest);
            total += w;
            if (!scores.Tangent.IsEmpty) totalTangent += w * double.CreateTruncating(scores.Tangent[order[i]]);
            (risk[i], riskTangent[i]) = (total, totalTangent);
        }

        double hazard = 0, hazardTangent = 0;
        for (var i = rows - 1; i >= 0; i--)
        {
            var patient = order[i];
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
    }

    private static double Weight(T score, double largest) =>
        ElementaryFunctions.Exp(double.CreateTruncating(score) - largest);

    private static int[] ByFallingTime(int rows, ReadOnlySpan<T> targets)
    {
        var times = new T[rows];
        for (var i = 0; i < rows; i++) times[i] = targets[2 * i];
        return [.. Enumerable.Range(0, rows).OrderByDescending(i => times[i])];
    }
}
