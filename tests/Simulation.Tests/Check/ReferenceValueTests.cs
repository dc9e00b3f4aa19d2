using FedMeta.Simulation.Check;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Check;

/// <summary>
/// Every file of reference values that stands beside the project, through the runner that users have.
/// </summary>
public sealed class ReferenceValueTests
{
    /// <summary>
    /// File and the fewest rows that must be checked in it; none where FedMeta does not do what it is about.
    /// </summary>
    public static TheoryData<string, int> Files => new()
    {
        { "secagg/wycheproof_x25519_test.json", 518 },
        { "secagg/wycheproof_aes_gcm_test.json", 66 },
        { "secagg/wycheproof_hkdf_sha256_test.json", 86 },
        { "secagg/wycheproof_ecdsa_secp256r1_sha256_p1363_test.json", 262 },
        { "meta/conv1_ce.json", 14 },
        { "meta/cox.json", 2 },
        { "meta/metrics.json", 10 },
        { "meta/federated_rounds.json", 20 },
        { "meta/linear_mse.json", 12 },
        { "meta/logreg_bce.json", 12 },
        { "meta/meta_train_trajectory.json", 4 },
        { "meta/mlp_relu_ce.json", 14 },
        { "meta/mlp_relu_mse.json", 14 },
        { "meta/mlp_tanh_bce.json", 14 },
        { "meta/mlp_tanh_ce.json", 14 },
        { "meta/server_optimizers.json", 10 },
        { "dp/calibration.json", 26 },
        { "dp/discrete_mechanisms_pld.json", 19 },
        { "dp/gaussian_delta.json", 32 },
        { "dp/gaussian_eps.json", 54 },
        { "dp/heterogeneous_composition.json", 8 },
        { "dp/merkle_rfc6962.json", 20 },
        { "dp/neighbouring_relation.json", 4 },
        { "dp/rdp_conversion.json", 27 },
        { "dp/rdp_orders.json", 55 },
        { "dp/subsampled_gaussian_eps.json", 48 },
        { "dp/distributed_dp_components.json", 74 },
        { "dp/distributed_dp_eps.json", 11 },
        { "dp/distributed_noise_exact_rdp.json", 54 },
        { "dp/noise_shares.json", 12 },
        { "dp/pipeline_vector.json", 1 },
        { "dp/sampler_pmf_tables.json", 95 },
        { "dp/zcdp_conversion.json", 43 },
    };

    [SharedTheory("oracles")]
    [MemberData(nameof(Files))]
    public void Our_values_are_the_reference_values(string file, int rows)
    {
        var report = OracleRunner.Check(SharedFolder.Find("oracles/" + file)!);

        Assert.Empty(report.Failures);
        Assert.True(report.RowsChecked >= rows, $"only {report.RowsChecked} rows of {file} were checked");
    }

    [SharedFact("oracles")]
    public void Every_shared_file_is_known_and_none_fails()
    {
        var reports = OracleRunner.FilesOf([SharedFolder.Find("oracles")!]).Select(OracleRunner.Check).ToList();

        Assert.All(reports, r => Assert.True(r.Format is not null, $"{r.Path} is not recognised"));
        Assert.All(reports, r => Assert.True(r.Passed, $"{r.Path}: {r.Failures.FirstOrDefault()}"));
    }
}
