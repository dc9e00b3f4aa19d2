using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Correlated noise of the square-root factorisation against independent noise.</summary>
internal sealed class MatrixFactorizationFile()
    : TableFormat("matrix_factorization", "c0", "c_last", "ratio_every_round")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var noise = new SquareRootFactorization(row.Whole("rounds"));
        void Compare(string column, double ours) => report.Relative(row.Id, column, ours, row.Number(column), 1e-9);
        Compare("c0", SquareRootFactorization.Coefficient(0));
        Compare("c1", SquareRootFactorization.Coefficient(1));
        Compare("c_last", noise.LastCoefficient);
        Compare("sens_single_participation", noise.SingleSensitivity);
        Compare("mean_prefix_variance_mf_single", noise.SingleVariance);
        Compare("mean_prefix_variance_independent_single", noise.IndependentSingleVariance);
        Compare("ratio_single", noise.SingleVariance / noise.IndependentSingleVariance);
        Compare("sens_every_round", noise.EveryRoundSensitivity);
        Compare("mean_prefix_variance_mf_every_round", noise.EveryRoundVariance);
        Compare("mean_prefix_variance_independent_every_round", noise.IndependentEveryRoundVariance);
        Compare("ratio_every_round", noise.EveryRoundVariance / noise.IndependentEveryRoundVariance);
    }
}
