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
        if (row.Table == "xnoise")
        {
            CheckRemovable(row, report);
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
    private static void CheckRemovable(OracleRow row, CheckReport report)
    {
        var (clients, tolerance, dropped) = (row.Whole("n_sampled"), row.Whole("tolerance"), row.Whole("dropped"));
        var components = RemovableNoise.Components(clients, tolerance);
        report.Vector(row.Id, "component_variance_over_target", [.. components],
            row.Vector("component_variance_over_target"), 1e-9);
        report.Relative(row.Id, "per_client_total_before_removal", components.Sum(),
            row.Number("per_client_total_before_removal"), 1e-9);
        report.Same(row.Id, "components_removed_indices",
            string.Join(" ", Enumerable.Range(dropped + 1, tolerance - dropped)),
            string.Join(" ", row.Vector("components_removed_indices")));
        report.Relative(row.Id, "remaining_total_variance_over_target",
            RemovableNoise.Remaining(clients, tolerance, dropped), row.Number("remaining_total_variance_over_target"),
            1e-9);
    }
}
