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
        if (row.Text("kind") != "gaussian_full_participation")
        {
            report.CannotCheck(row.Id, "FedMeta claims no amplification by sampling, so it calibrates none");
            return;
        }

        var (epsilon, delta, rounds) = (row.Number("target_eps"), row.Number("target_delta"), row.Whole("rounds"));
        var z = Gaussian.NoiseMultiplier(epsilon, delta, rounds);
        report.Relative(row.Id, "noise_multiplier_exact", z, row.Number("noise_multiplier_exact"), 1e-9);
        report.Within(row.Id, "noise_multiplier_double", z, 0, row.Number("noise_multiplier_double") * (1 + 1e-4));
        report.Within(row.Id, "noise_multiplier_rdp", z, 0, row.Number("noise_multiplier_rdp") * (1 + 1e-4));
        report.Within(row.Id, "target_eps", Gaussian.Epsilon(Math.Sqrt(rounds) / z, delta), 0, epsilon * (1 + 1e-12));
    }
}
