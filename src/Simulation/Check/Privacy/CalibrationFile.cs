using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// The least noise multiplier that meets a target; ours must meet it and may be at most 1e-4 above theirs.
/// </summary>
internal sealed class CalibrationFile()
    : TableFormat("calibration", "kind", "target_eps", "target_delta", "noise_multiplier_exact", "noise_multiplier_rdp")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (epsilon, delta, rounds) = (row.Number("target_eps"), row.Number("target_delta"), row.Whole("rounds"));
        var q = row.Number("q");
        if (row.Text("kind") == "gaussian_full_participation") CheckExact(row, epsilon, delta, rounds, report);
        CheckRenyi(row, q, epsilon, delta, rounds, report);
        if (row.Has("noise_multiplier_pld")) CheckNumerically(row, q, epsilon, delta, rounds, report);
    }

    private static void CheckNumerically(
        OracleRow row, double q, double epsilon, double delta, int rounds, CheckReport report)
    {
        var theirs = row.Number("noise_multiplier_pld");
        var z = PrivacyLossCalibration.NoiseMultiplier(epsilon, delta, rounds, q);
        report.Within(row.Id, "noise_multiplier_pld", z, 0, theirs * (1 + 1e-4));
        report.Within(
            row.Id, "target_eps, numerically", NumericalEpsilon.Rounds(q, z, rounds).Epsilon(delta), 0, epsilon);
        NumericalEpsilon.Compare(row.Id, "eps_at_pld_multiplier",
            NumericalEpsilon.Rounds(q, theirs, rounds).Epsilon(delta), row.Number("eps_at_pld_multiplier"), report);
    }

    private static void CheckExact(OracleRow row, double epsilon, double delta, int rounds, CheckReport report)
    {
        var z = Gaussian.NoiseMultiplier(epsilon, delta, rounds);
        report.Relative(row.Id, "noise_multiplier_exact", z, row.Number("noise_multiplier_exact"), 1e-9);
        report.Within(row.Id, "noise_multiplier_double", z, 0, row.Number("noise_multiplier_double") * (1 + 1e-4));
        report.Within(row.Id, "target_eps, exact", Gaussian.Epsilon(Math.Sqrt(rounds) / z, delta), 0, epsilon);
    }

    private static void CheckRenyi(
        OracleRow row, double q, double epsilon, double delta, int rounds, CheckReport report)
    {
        double Epsilon(double z) => SampledCurves.At(RenyiOrders.Usual, q, z).Repeated(rounds).Epsilon(delta);
        var multiplier = NoiseCalibration.LeastNoiseMultiplier(Epsilon, epsilon)
            ?? throw new FormatException("no noise meets the target");
        report.Within(row.Id, "noise_multiplier_rdp", multiplier, 0, row.Number("noise_multiplier_rdp") * (1 + 1e-4));
        report.Within(row.Id, "target_eps, by Renyi orders", Epsilon(multiplier), 0, epsilon);
    }
}
