using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Poisson-sampled rounds: Renyi between numerical and theirs, and numerically.
/// </summary>
internal sealed class SubsampledFile()
    : TableFormat("subsampled_gaussian_eps", "q", "noise_multiplier", "rounds", "delta", "eps_rdp", "eps_pld")
{
    private readonly SampledCurves _curves = new();

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var curve = _curves.Of(row.Number("q"), row.Number("noise_multiplier"), row.Whole("rounds"));
        var epsilon = curve.Epsilon(row.Number("delta"));
        report.Within(row.Id, "eps_rdp", epsilon, 0, row.Number("eps_rdp") * (1 + 1e-9));
        var order = row.Number("rdp_order");
        var there = curve.Only(order).Epsilon(row.Number("delta"));
        if (order == Math.Floor(order))
            report.Relative(row.Id, "eps_rdp at their order, whole", there, row.Number("eps_rdp"), 1e-9);
        else report.Within(row.Id, "eps_rdp at their order", there, epsilon, row.Number("eps_rdp") * (1 + 1e-9));
        if (row.Has("eps_pld")) CheckNumerically(row, epsilon, report);
    }

    private static void CheckNumerically(OracleRow row, double renyi, CheckReport report)
    {
        var delta = row.Number("delta");
        var rounds = NumericalEpsilon.Rounds(row.Number("q"), row.Number("noise_multiplier"), row.Whole("rounds"));
        var remove = rounds.Epsilon(delta, PrivacyLossDirection.Remove);
        var add = rounds.Epsilon(delta, PrivacyLossDirection.Add);
        NumericalEpsilon.Compare(row.Id, "eps_pld_remove", remove, row.Number("eps_pld_remove"), report);
        NumericalEpsilon.Compare(row.Id, "eps_pld_add", add, row.Number("eps_pld_add"), report);
        NumericalEpsilon.Compare(row.Id, "eps_pld", Math.Max(remove, add), row.Number("eps_pld"), report);
        if (row.Has("eps_pld_optimistic_buckets"))
            report.Within(row.Id, "eps_pld_optimistic_buckets", Math.Max(remove, add),
                row.Number("eps_pld_optimistic_buckets"), renyi + NumericalEpsilon.Above);
        if (row.Has("delta_at_eps1_pld"))
            NumericalEpsilon.CompareDelta(
                row.Id, "delta_at_eps1_pld", rounds.Delta(1), row.Number("delta_at_eps1_pld"), report);
    }
}
