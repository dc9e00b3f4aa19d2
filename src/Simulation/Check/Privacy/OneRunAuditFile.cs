using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>What right guesses about canaries prove: the p-value of a claim and the epsilon that it refutes.</summary>
internal sealed class OneRunAuditFile() : TableFormat("one_run_audit", "canaries_m", "guesses_r", "correct_v")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (canaries, guesses, correct) = (row.Whole("canaries_m"), row.Whole("guesses_r"), row.Whole("correct_v"));
        var delta = row.Number("delta");
        report.Relative(row.Id, "p_value_at_eps1", OneRunAudit.PValue(canaries, guesses, correct, 1, delta),
            row.Number("p_value_at_eps1"), 1e-9);
        report.Relative(row.Id, "eps_lower_bound",
            OneRunAudit.EpsilonLowerBound(canaries, guesses, correct, delta, row.Number("p_value_level")),
            row.Number("eps_lower_bound"), 1e-9);
    }
}
