namespace FedMeta.Privacy;

/// <summary>
/// Orders at which Renyi curves are evaluated. Each order alone is a proof (Canonne, Kamath and Steinke 2020,
/// Proposition 12), so more orders never make a claim wrong, only tighter: docs/proofs/accounting.md, Orders.
/// </summary>
public static class RenyiOrders
{
    /// <summary>The usual grid: 1.1 to 10.9 by tenths, 11 to 63, 128, 256, 512, 1024.</summary>
    public static IReadOnlyList<double> Usual { get; } =
    [
        .. Enumerable.Range(11, 99).Select(tenths => tenths / 10.0),
        .. Enumerable.Range(11, 53).Select(order => (double)order),
        128, 256, 512, 1024,
    ];

    /// <summary>The usual grid and a geometric one from 64 to 2^20, for small costs.</summary>
    public static IReadOnlyList<double> Extended { get; } =
    [
        .. Usual.Concat(Enumerable.Range(24, 57).Select(step => Math.Round(Math.Pow(2, step / 4.0))))
            .Distinct().Order(),
    ];
}
