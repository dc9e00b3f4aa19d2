using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Norm bounds and tau of whole distributed mechanisms.</summary>
internal sealed class DistributedEpsilonFile()
    : TableFormat("distributed_dp_eps", "n_clients", "dim", "bits", "l2_clip", "central_noise_multiplier",
    "eps_ddgauss")
{
    private static readonly double[] Orders = [.. Enumerable.Range(2, 127).Select(order => (double)order), 256];

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (clients, dimension) = (row.Whole("n_clients"), row.Whole("dim"));
        var deviation = row.Number("scaled_local_stddev");
        var norm = DistributedDiscreteGaussian.RoundedL2Bound(row.Number("l2_clip") * row.Number("scale_factor"),
            dimension, row.Number("beta"));
        report.Relative(row.Id, "scaled_rounded_l2", norm, row.Number("scaled_rounded_l2"), 1e-9);
        report.Relative(row.Id, "scaled_rounded_l1", DistributedDiscreteGaussian.RoundedL1Bound(norm, dimension),
            row.Number("scaled_rounded_l1"), 1e-9);
        report.Relative(row.Id, "tau", DistributedDiscreteGaussian.Tau(clients, deviation * deviation),
            row.Number("tau"), 1e-9, floor: 1e-300);

        var curve = RenyiCurve.Of(Orders, order =>
            row.Number("rounds") * DistributedDiscreteGaussian.Rdp(order, clients,
            deviation * deviation, norm, DistributedDiscreteGaussian.RoundedL1Bound(norm, dimension), dimension));
        report.Relative(row.Id, "eps_ddgauss", curve.Epsilon(row.Number("delta")), row.Number("eps_ddgauss"), 1e-9);
    }

    protected override string? ReasonFor(string column) => column switch
    {
        "eps_skellam" or "order_skellam" => "FedMeta draws discrete Gaussian noise, not Skellam",
        "order_ddgauss" => "the order at which their search stopped",
        "eps_continuous_gaussian_rdp" => "another mechanism",
        "modclip_prob" or "k_stddevs" or "scale_factor_uncapped" or "gamma" or "wrap_sd_check" or "bits"
            or "local_stddev"
            or "central_noise_multiplier" =>
                "how their scale was chosen; FedMeta's plan chooses its own, a power of two",
        _ => null,
    };
}
