using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Oracles;

/// <summary>distributed_dp_components.json, distributed_noise_exact_rdp.json, distributed_dp_eps.json,
/// noise_shares.json.</summary>
public class DistributedTables
{
    [SharedFact("oracles/dp/distributed_dp_components.json")]
    public void Tau_of_every_row_agrees()
    {
        foreach (var row in OracleFile.Rows("distributed_dp_components.json"))
        {
            var deviation = row.Number("scaled_local_stddev");
            var tau = DistributedDiscreteGaussian.Tau(row.Whole("n_clients"), deviation * deviation);
            OracleFile.AssertClose(row.Number("tau"), tau, 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/distributed_dp_components.json")]
    public void The_norm_bounds_after_rounding_agree()
    {
        foreach (var row in OracleFile.Rows("distributed_dp_components.json", "rounding"))
        {
            var dimension = row.Whole("dim");
            var l2 = DistributedDiscreteGaussian.RoundedL2Bound(row.Number("scaled_l2"), dimension, row.Number("beta"));
            OracleFile.AssertClose(row.Number("rounded_l2_bound"), l2, 1e-9, $"{row}");
            OracleFile.AssertClose(
                row.Number("rounded_l1_bound"),
                DistributedDiscreteGaussian.RoundedL1Bound(l2, dimension),
                1e-9,
                $"{row}");
        }
    }

    [SharedFact("oracles/dp/distributed_dp_components.json")]
    public void Sampling_any_mechanism_agrees_with_theorem_5_and_sampling_a_gaussian_with_the_exact_value()
    {
        foreach (var row in OracleFile.Rows("distributed_dp_components.json", "generic_subsampled_rdp"))
        {
            var (q, order) = (row.Number("q"), row.Whole("order"));
            var value = RenyiDp.PoissonSubsampled(order, q, o => o / 8.0);
            OracleFile.AssertClose(row.Number("rdp_zhu_wang_thm5"), value, 1e-9, $"{row}");
            OracleFile.AssertClose(
                row.Number("rdp_mironov_exact"), RenyiDp.PoissonSubsampledGaussian(order, q, 2), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/distributed_noise_exact_rdp.json")]
    public void The_bound_for_sums_agrees_and_is_never_below_the_exact_divergence()
    {
        var rows = OracleFile.Rows("distributed_noise_exact_rdp.json")
            .Where(row => row.Text("kind") == "sum_of_discrete_gaussians").ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var shift = row.Number("shift");
            var (n, variance) = (row.Whole("n"), row.Number("sigma2_each"));
            var (order, dimension) = (row.Number("order"), row.Whole("dim"));
            var bound = DistributedDiscreteGaussian.Rdp(order, n, variance, shift, shift, dimension);
            OracleFile.AssertClose(row.Number("rdp_bound_prop14"), bound, 1e-9, $"{row}");
            Assert.True(row.Number("rdp_exact") <= bound * (1 + 1e-12));
        }
    }

    [SharedFact("oracles/dp/distributed_dp_eps.json")]
    public void The_distributed_discrete_gaussian_columns_agree()
    {
        double[] orders = [.. Enumerable.Range(2, 127).Select(order => (double)order), 256];
        foreach (var row in OracleFile.Rows("distributed_dp_eps.json"))
        {
            var (n, dimension) = (row.Whole("n_clients"), row.Whole("dim"));
            var deviation = row.Number("scaled_local_stddev");
            var l2 = DistributedDiscreteGaussian.RoundedL2Bound(
                row.Number("l2_clip") * row.Number("scale_factor"), dimension, row.Number("beta"));
            var l1 = DistributedDiscreteGaussian.RoundedL1Bound(l2, dimension);
            OracleFile.AssertClose(row.Number("scaled_rounded_l2"), l2, 1e-9, $"{row}");
            OracleFile.AssertClose(row.Number("scaled_rounded_l1"), l1, 1e-9, $"{row}");
            OracleFile.AssertClose(
                row.Number("tau"), DistributedDiscreteGaussian.Tau(n, deviation * deviation), 1e-9, $"{row}");
            var curve = RenyiCurve.Of(
                orders,
                order => row.Whole("rounds")
                    * DistributedDiscreteGaussian.Rdp(order, n, deviation * deviation, l2, l1, dimension));
            OracleFile.AssertClose(row.Number("eps_ddgauss"), curve.Epsilon(row.Number("delta")), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/noise_to_signal.json")]
    public void Noise_to_signal_of_every_row_agrees()
    {
        foreach (var row in OracleFile.Rows("noise_to_signal.json"))
        {
            var count = row.GetProperty("sites").ValueKind == JsonValueKind.Number
                ? row.Whole("sites")
                : row.Whole("patients_in_round");
            var ratio = NoiseShares.NoiseToSignal(row.Number("central_noise_multiplier"), row.Whole("dim"), count);
            OracleFile.AssertClose(row.Number("noise_norm_over_clip_in_mean"), ratio, 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/noise_shares.json")]
    public void Noise_shares_of_every_row_agree()
    {
        foreach (var row in OracleFile.Rows("noise_shares.json"))
        {
            var (t, c, s) = (row.Whole("min_survivors"), row.Whole("max_colluders"), row.Whole("survivors"));
            var honest = NoiseShares.HonestOverTarget(t, c, s);
            OracleFile.AssertClose(
                row.Number("local_variance_over_target"), NoiseShares.LocalOverTarget(t, c), 1e-12, $"{row}");
            OracleFile.AssertClose(row.Number("honest_noise_variance_over_target"), honest, 1e-12, $"{row}");
            OracleFile.AssertClose(
                row.Number("total_noise_variance_over_target"), NoiseShares.TotalOverTarget(t, c, s), 1e-12, $"{row}");
            OracleFile.AssertClose(row.Number("effective_noise_multiplier_factor"), Math.Sqrt(honest), 1e-12, $"{row}");
        }
    }
}
