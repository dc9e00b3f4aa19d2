using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// What share of the noise each client draws, so that the least number of honest survivors hides a unit.
/// </summary>
internal sealed class NoiseSharesFile()
    : TableFormat("noise_shares", "n_enrolled", "min_survivors", "max_colluders", "local_variance_over_target")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        if (row.Table != "rows")
        {
            report.CannotCheck(row.Id, "FedMeta does not add and then remove noise (XNoise)");
            return;
        }

        var (clients, threshold, colluders) =
            (row.Whole("n_enrolled"), row.Whole("min_survivors"), row.Whole("max_colluders"));
        var derived = MechanismPlan.Derive(new MechanismRequest(
            PrivacyUnit.Site, ClipNorm: 1, Epsilon: 1, Delta: 1e-6, Rounds: 1, clients, threshold, colluders,
                Dimension: 16, RingBits: 32,
            MaxContributionsPerClient: 1));
        if (derived.Plan is not { } plan)
        {
            report.CannotCheck(row.Id, "no plan is made for it: " + string.Join("; ", derived.Problems));
            return;
        }

        // sigma^2 = sensitivity^2 / (2 rho) is the target; the plan's variance is whole and rounded up.
        var target = (double)plan.SensitivitySquared / (2 * plan.PerRound.ToDouble());
        var local = (double)plan.LocalVariance / target;
        var survivors = row.Whole("survivors");
        report.Relative(row.Id, "local_variance_over_target, by "
            + "formula", NoiseShares.LocalOverTarget(threshold, colluders),
            row.Number("local_variance_over_target"), 1e-9);
        report.Relative(row.Id, "total_noise_variance_over_target, by formula",
            NoiseShares.TotalOverTarget(threshold, colluders, survivors),
                row.Number("total_noise_variance_over_target"), 1e-9);
        report.Relative(row.Id, "local_variance_over_target", local, row.Number("local_variance_over_target"), 1e-9);
        report.Relative(row.Id, "honest_noise_variance_over_target", local * (survivors - colluders),
            row.Number("honest_noise_variance_over_target"), 1e-9);
        report.Relative(row.Id, "total_noise_variance_over_target", local * survivors,
            row.Number("total_noise_variance_over_target"), 1e-9);
        report.Relative(row.Id, "effective_noise_multiplier_factor", Math.Sqrt(local * (survivors - colluders)),
            row.Number("effective_noise_multiplier_factor"), 1e-9);
    }
}
