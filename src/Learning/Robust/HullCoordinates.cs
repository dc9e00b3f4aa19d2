namespace FedMeta.Learning;

/// <summary>
/// Points in an orthonormal basis of the space that they span around an origin: as many coordinates as points, and the
/// same distances. In units of the farthest entry, so that squares neither overflow nor vanish.
/// </summary>
internal static class HullCoordinates
{
    // What is left of a vector after the others are taken out is rounding, not a direction of its own.
    private const double LeastRest = 1e-12;

    /// <summary>The points' coordinates; the origin is zero.</summary>
    public static double[][] Of(IReadOnlyList<double[]> points, double[] origin)
    {
        var unit = points.Max(p => p.Zip(origin, (a, b) => Math.Abs(a - b)).Max());
        var shifted = points.Select(p => p.Zip(origin, (a, b) => unit == 0 ? 0 : (a - b) / unit).ToArray()).ToArray();
        var coordinates = shifted.Select(_ => new double[points.Count]).ToArray();
        var basis = new List<double[]>();

        // Near points first: a far one's rounding must not tilt the directions in which they differ.
        foreach (var g in Enumerable.Range(0, points.Count).OrderBy(g => FlatVector.Norm<double>(shifted[g])))
        {
            var rest = shifted[g];
            var length = FlatVector.Norm<double>(rest);

            // Twice: one pass of Gram and Schmidt leaves parts of the basis behind where vectors are nearly parallel.
            for (var pass = 0; pass < 2; pass++)
            {
                for (var b = 0; b < basis.Count; b++)
                {
                    var part = FlatVector.Dot<double>(rest, basis[b]);
                    coordinates[g][b] += part;
                    FlatVector.AddScaled<double>(rest, -part, basis[b]);
                }
            }

            var left = FlatVector.Norm<double>(rest);
            if (left <= LeastRest * length)
                continue;
            coordinates[g][basis.Count] = left;
            FlatVector.Scale(rest, 1 / left);
            basis.Add(rest);
        }

        return coordinates;
    }
}
