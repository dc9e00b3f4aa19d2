using System.Numerics;

namespace FedMeta.Learning;

/// <summary>A x = b by conjugate gradients (Hestenes and Stiefel 1952), for an A that is known by products.</summary>
internal static class ConjugateGradients
{
    /// <summary>Starts at x = 0 and ends where the residual is small, or where A is flat or curves downwards: what is
    /// solved until there is kept.</summary>
    /// <param name="map">A.</param>
    /// <param name="right">b.</param>
    /// <param name="solution">Receives x.</param>
    /// <param name="most">Products at most.</param>
    /// <param name="tolerance">The residual is small where its norm is this part of b's.</param>
    /// <returns>How many steps were taken.</returns>
    public static int Solve<T, TMap>(
        TMap map, ReadOnlySpan<T> right, Span<T> solution, int most, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TMap : ILinearMap<T>, allows ref struct
    {
        var (residual, direction) = (right.ToArray(), right.ToArray());
        var product = new T[right.Length];
        solution.Clear();
        var square = FlatVector.Dot<T>(residual, residual);
        var goal = square * tolerance * tolerance;
        var steps = 0;
        for (; steps < most && square > goal; steps++)
        {
            map.Apply(direction, product);
            var curvature = FlatVector.Dot<T>(direction, product);
            if (!(curvature > 0)) break;
            var length = T.CreateTruncating(square / curvature);
            FlatVector.AddScaled(solution, length, direction);
            FlatVector.AddScaled(residual, -length, product);
            var next = FlatVector.Dot<T>(residual, residual);
            FlatVector.Scale(direction.AsSpan(), T.CreateTruncating(next / square));
            FlatVector.AddScaled(direction, T.One, residual);
            square = next;
        }

        return steps;
    }
}
