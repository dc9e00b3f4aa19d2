namespace FedMeta.Learning;

/// <summary>
/// Where one of the points is the minimiser, which its own weight decides (Kuhn 1973: the pull of the others, the sum
/// of w_j times the unit vectors towards them, is no longer than its weight), it is the answer, exactly. Otherwise the
/// smoothed Weiszfeld iteration (Pillutla et al. 2022): z becomes the mean of the points weighted by w_i / max(nu,
/// |z - x_i|). It minimises f(z) = sum of w_i h(|z - x_i|), where h is the distance, rounded off to a parabola below
/// nu: f is convex, at most nu/2 above the sum of distances, and no step makes it larger, since each step minimises a
/// quadratic that lies above f and touches it at z.
/// <para>It starts at the coordinate-wise median, which far outliers cannot move, and nu is 1e-9 times the median
/// distance from there, so that the answer does not depend on the unit. It stops when the gradient, of norm at most 1
/// everywhere, is below 1e-10: by convexity f(z) is then within 1e-10 |z - minimiser| of its least value. It stops at
/// the latest after <see cref="MostSteps"/>.</para>
/// <para>The points' hull has fewer dimensions than there are groups, so the iteration runs in that space: its cost
/// does not grow with the model.</para>
/// </summary>
internal static class GeometricMedianSolver
{
    /// <summary>Steps after which it ends in any case.</summary>
    public const int MostSteps = 100_000;

    private const double RelativeSmoothing = 1e-9;
    private const double LeastGradient = 1e-10;

    /// <summary>The weighted geometric median.</summary>
    public static double[] Solve(GroupMeans groups)
    {
        var start = groups.PerCoordinate(OrderStatistics.Median);
        var points = HullCoordinates.Of(groups.Vectors, start);
        var corner = Array.FindIndex(points, p => IsMinimiser(p, points, groups.Weights));
        if (corner >= 0)
            return [.. groups.Vectors[corner]];
        var shares = Iterate(points, groups.Weights);
        var result = new double[groups.Length];
        for (var g = 0; g < shares.Length; g++)
            FlatVector.AddScaled<double>(result, shares[g], groups.Vectors[g]);
        return result;
    }

    private static bool IsMinimiser(double[] corner, double[][] points, double[] weights)
    {
        var pull = new double[corner.Length];
        double own = 0;
        for (var g = 0; g < points.Length; g++)
        {
            var distance = Distance(corner, points[g]);
            if (distance == 0)
            {
                own += weights[g];
                continue;
            }

            for (var i = 0; i < pull.Length; i++)
                pull[i] += weights[g] * ((points[g][i] - corner[i]) / distance);
        }

        return FlatVector.Norm<double>(pull) <= own;
    }

    // The share of every point in the answer.
    private static double[] Iterate(double[][] points, double[] weights)
    {
        var (z, next) = (new double[points[0].Length], new double[points[0].Length]);
        var distances = points.Select(p => Distance(z, p)).ToArray();
        var nu = RelativeSmoothing * MedianOf(distances, weights);
        var shares = new double[points.Length];
        for (var step = 0; step < MostSteps; step++)
        {
            double total = 0;
            for (var g = 0; g < points.Length; g++)
                total += shares[g] = weights[g] / Math.Max(nu, Distance(z, points[g]));
            Array.Clear(next);
            for (var g = 0; g < points.Length; g++)
                FlatVector.AddScaled<double>(next, shares[g] /= total, points[g]);
            var gradient = total * Distance(z, next);
            (z, next) = (next, z);
            if (gradient <= LeastGradient)
                break;
        }

        return shares;
    }

    private static double MedianOf(double[] values, double[] weights)
    {
        var (ascending, theirs) = (values.ToArray(), weights.ToArray());
        Array.Sort(ascending, theirs);
        return OrderStatistics.Median(ascending, theirs);
    }

    private static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
