using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// The loss of a prototypical network over one episode (Snell, Swersky and Zemel 2017, equations 1 and 2). The scores
/// are embeddings z [rows, width]; the targets are (class, 1 for a query and 0 for a support record). A class's
/// prototype p is the mean embedding of its support; the loss is the mean over the queries of the cross-entropy of
/// softmax(-|z - p|²). A class without support takes no part, and must have no query.
/// </summary>
/// <param name="width">Length of an embedding.</param>
/// <param name="classes">Classes that a target may name.</param>
internal sealed class PrototypeHead<T>(int width, int classes) : ILossHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Loss(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets)
    {
        var (support, queries) = Counts(rows, targets);
        var prototypes = Means(rows, scores, targets, support);
        var closeness = new double[classes];
        double sum = 0;
        for (var i = 0; i < rows; i++)
        {
            if (!IsQuery(targets, i)) continue;
            var largest = Closeness(scores.Slice(i * width, width), prototypes, support, closeness);
            double total = 0;
            for (var c = 0; c < classes; c++)
                if (support[c] > 0) total += ElementaryFunctions.Exp(closeness[c] - largest);
            sum += ElementaryFunctions.Log(total) - (closeness[ClassOf(targets, i)] - largest);
        }

        return sum / queries;
    }

    public void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint)
    {
        var (support, queries) = Counts(rows, targets);
        var prototypes = Means(rows, scores.Value, targets, support);
        var hasTangent = !adjoint.Tangent.IsEmpty;
        var moved = hasTangent ? Means(rows, scores.Tangent, targets, support) : [];
        var byPrototype = new double[prototypes.Length];
        var byPrototypeTangent = new double[moved.Length];
        var (share, shareTangent) = (new double[classes], new double[classes]);
        adjoint.Value.Clear();
        adjoint.Tangent.Clear();
        for (var i = 0; i < rows; i++)
        {
            if (!IsQuery(targets, i)) continue;
            var z = scores.Slice(i * width, width);
            Shares(z, prototypes, moved, support, share, shareTangent);
            share[ClassOf(targets, i)] -= 1;
            for (var c = 0; c < classes; c++)
            {
                if (support[c] == 0) continue;
                var (a, aTangent) = (share[c] / queries, shareTangent[c] / queries);
                for (var k = 0; k < width; k++)
                {
                    // d closeness / d z = -2 (z - p), and by p the opposite.
                    var apart = double.CreateTruncating(z.Value[k]) - prototypes[(c * width) + k];
                    var pull = 2 * a * apart;
                    adjoint.Value[(i * width) + k] -= T.CreateTruncating(pull);
                    byPrototype[(c * width) + k] += pull;
                    if (!hasTangent) continue;
                    var apartTangent = double.CreateTruncating(z.Tangent[k]) - moved[(c * width) + k];
                    var pullTangent = 2 * ((aTangent * apart) + (a * apartTangent));
                    adjoint.Tangent[(i * width) + k] -= T.CreateTruncating(pullTangent);
                    byPrototypeTangent[(c * width) + k] += pullTangent;
                }
            }
        }

        HandBack(rows, targets, support, byPrototype, adjoint.Value);
        if (hasTangent) HandBack(rows, targets, support, byPrototypeTangent, adjoint.Tangent);
    }

    private static bool IsQuery(ReadOnlySpan<T> targets, int row) => targets[(2 * row) + 1] != T.Zero;

    /// <summary>Minus the squared distance to every prototype; returns the largest.</summary>
    private double Closeness(ReadOnlySpan<T> z, double[] prototypes, int[] support, double[] closeness)
    {
        var largest = double.NegativeInfinity;
        for (var c = 0; c < classes; c++)
        {
            if (support[c] == 0) continue;
            double distance = 0;
            for (var k = 0; k < width; k++)
            {
                var apart = double.CreateTruncating(z[k]) - prototypes[(c * width) + k];
                distance += apart * apart;
            }

            closeness[c] = -distance;
            largest = Math.Max(largest, -distance);
        }

        return largest;
    }

    /// <summary>softmax of the closeness, 0 for classes without support, and its tangent.</summary>
    private void Shares(
        ReadOnlyDual<T> z, double[] prototypes, double[] moved, int[] support, double[] share, double[] shareTangent)
    {
        var largest = Closeness(z.Value, prototypes, support, share);
        double total = 0;
        for (var c = 0; c < classes; c++)
            total += share[c] = support[c] == 0 ? 0 : ElementaryFunctions.Exp(share[c] - largest);
        for (var c = 0; c < classes; c++) share[c] /= total;
        if (moved.Length == 0) return;
        double mean = 0;
        for (var c = 0; c < classes; c++)
        {
            double change = 0;
            for (var k = 0; k < width; k++)
            {
                change -= 2 * (double.CreateTruncating(z.Value[k]) - prototypes[(c * width) + k])
                    * (double.CreateTruncating(z.Tangent[k]) - moved[(c * width) + k]);
            }

            shareTangent[c] = change;
            mean += share[c] * change;
        }

        for (var c = 0; c < classes; c++) shareTangent[c] = share[c] * (shareTangent[c] - mean);
    }

    /// <summary>A prototype is a mean: each of its records takes an equal part of the prototype's adjoint.</summary>
    private void HandBack(int rows, ReadOnlySpan<T> targets, int[] support, double[] byPrototype, Span<T> adjoint)
    {
        for (var i = 0; i < rows; i++)
        {
            if (IsQuery(targets, i)) continue;
            var c = ClassOf(targets, i);
            for (var k = 0; k < width; k++)
                adjoint[(i * width) + k] = T.CreateTruncating(byPrototype[(c * width) + k] / support[c]);
        }
    }

    private (int[] Support, int Queries) Counts(int rows, ReadOnlySpan<T> targets)
    {
        var support = new int[classes];
        var queries = 0;
        for (var i = 0; i < rows; i++)
        {
            if (IsQuery(targets, i)) queries++;
            else support[ClassOf(targets, i)]++;
        }

        if (queries == 0) throw new ArgumentException("an episode without a query has no loss");
        for (var i = 0; i < rows; i++)
        {
            if (IsQuery(targets, i) && support[ClassOf(targets, i)] == 0)
                throw new ArgumentException($"class {ClassOf(targets, i)} has a query and no support");
        }

        return (support, queries);
    }

    private double[] Means(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets, int[] support)
    {
        var means = new double[classes * width];
        for (var i = 0; i < rows; i++)
        {
            if (IsQuery(targets, i)) continue;
            var c = ClassOf(targets, i);
            for (var k = 0; k < width; k++)
                means[(c * width) + k] += double.CreateTruncating(scores[(i * width) + k]) / support[c];
        }

        return means;
    }

    private int ClassOf(ReadOnlySpan<T> targets, int row)
    {
        var target = targets[2 * row];
        var index = int.CreateSaturating(target);
        return index >= 0 && index < classes && T.CreateTruncating(index) == target
            ? index
            : throw new ArgumentException($"target {target} is no class index below {classes}");
    }
}
