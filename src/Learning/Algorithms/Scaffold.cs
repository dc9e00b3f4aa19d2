using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// SCAFFOLD, option II (Karimireddy et al. 2020): local steps corrected by control variates. It keeps a private
/// vector per site from round to round, so it is no <see cref="IMetaAlgorithm{T}"/>; <see cref="PrivacyUnits"/> says
/// what follows.
/// </summary>
public static class Scaffold
{
    /// <summary>
    /// w = theta; E times: w -= rate (grad(w) - own + shared). Then own' = own - shared + (theta - w) / (E rate).
    /// </summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The shared vector.</param>
    /// <param name="data">All records of the site.</param>
    /// <param name="steps">E.</param>
    /// <param name="rate">Local rate.</param>
    /// <param name="sharedControl">c, the mean control variate.</param>
    /// <param name="ownControl">c_i; becomes the site's next one.</param>
    /// <param name="update">Receives theta - w, then the change of c_i: two summable vectors in one.</param>
    public static void SiteUpdate<T>(
        IModel<T> model, ReadOnlySpan<T> theta, Batch<T> data, int steps, double rate,
        ReadOnlySpan<T> sharedControl, Span<T> ownControl, Span<T> update)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        FlatVector.RequireSameLength(2 * theta.Length, update.Length);
        var step = T.CreateTruncating(rate);
        var w = theta.ToArray();
        var gradient = new T[theta.Length];
        for (var e = 0; e < steps; e++)
        {
            model.Gradient(w, data, gradient);
            for (var i = 0; i < w.Length; i++) w[i] -= step * (gradient[i] - ownControl[i] + sharedControl[i]);
        }

        var span = T.CreateTruncating(steps * rate);
        for (var i = 0; i < w.Length; i++)
        {
            var moved = theta[i] - w[i];
            var change = moved / span - sharedControl[i];
            update[i] = moved;
            update[theta.Length + i] = change;
            ownControl[i] += change;
        }
    }
}
