namespace FedMeta.SecureAgg;

/// <summary>Who must be at fault for a set of conflicts.</summary>
public static class ShareConflicts
{
    /// <summary>Whether the wrong shares of one secret are certain. Up to (m - t)/2 of m they are, since only one
    /// polynomial of degree below t leaves so few. Beyond, only liars who act together can offer a second polynomial
    /// with the right secret, and it takes two.</summary>
    internal static ShareConflictKind KindOf(int wrong, int shares, int threshold, int colluders) =>
        2 * wrong <= shares - threshold || colluders <= 1 ? ShareConflictKind.Wrong : ShareConflictKind.Disputed;

    /// <summary>A client in conflict with more others than can be bad is bad itself: honest pairs never
    /// conflict. In ascending order.</summary>
    /// <param name="conflicts">Of one sum.</param>
    /// <param name="colluders">How many clients may be bad; at least one is reckoned with.</param>
    public static IReadOnlyList<string> Culprits(IReadOnlyList<ShareConflict> conflicts, int colluders)
    {
        var bad = Math.Max(colluders, 1);
        return
        [
            .. conflicts
                .Where(each => each.Kind != ShareConflictKind.Disputed)
                .SelectMany(each => new[] { (each.Dealer, each.Holder), (each.Holder, each.Dealer) })
                .Distinct()
                .GroupBy(pair => pair.Item1, pair => pair.Item2)
                .Where(each => each.Count() > bad)
                .Select(each => each.Key)
                .Order(StringComparer.Ordinal),
        ];
    }
}
