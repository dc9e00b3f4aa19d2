using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Zero-out against replace-one, which has twice the sensitivity and so half the noise multiplier.</summary>
internal sealed class NeighbouringRelationFile()
    : TableFormat("neighbouring_relation", "noise_multiplier", "rounds", "pld_REPLACE_SPECIAL", "rdp_REPLACE_ONE")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (z, rounds, delta) = (row.Number("noise_multiplier"), row.Whole("rounds"), row.Number("delta"));
        Compare(row, z, rounds, delta, "rdp_REPLACE_SPECIAL", "pld_REPLACE_SPECIAL", report);
        Compare(row, z, rounds, delta, "rdp_ADD_OR_REMOVE_ONE", "pld_ADD_OR_REMOVE_ONE", report);
        Compare(row, z / 2, rounds, delta, "rdp_correct_for_REPLACE_ONE(z/2)", "pld_REPLACE_ONE", report);
    }

    protected override string? ReasonFor(string column) =>
        column == "rdp_REPLACE_ONE" ? "known to be wrong, as the file says; the right column is compared" : null;

    private static void Compare(
        OracleRow row, double z, int rounds, double delta, string renyi, string numerical, CheckReport report)
    {
        var curve = RenyiCurve.Of(RenyiOrders.Usual, order => rounds * RenyiDp.Gaussian(order, z));
        report.Relative(row.Id, renyi, curve.Epsilon(delta), row.Number(renyi), 1e-9);
        report.Within(row.Id, numerical, NumericalEpsilon.Rounds(1, z, rounds).Epsilon(delta),
            Gaussian.Epsilon(Math.Sqrt(rounds) / z, delta), row.Number(numerical) + NumericalEpsilon.Above);
    }
}
