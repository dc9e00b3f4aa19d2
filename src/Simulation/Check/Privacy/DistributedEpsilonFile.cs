using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Whole distributed mechanisms: the scale for a ring, norm bounds, tau, and epsilon of three noises.</summary>
internal sealed class DistributedEpsilonFile()
    : TableFormat("distributed_dp_eps", "n_clients", "dim", "bits", "l2_clip", "central_noise_multiplier",
    "eps_ddgauss")
{
    // The reference caps its scale where its own arithmetic in float32 ends.
    private const double LargestScale = 1e6;

    private static readonly double[] Orders = [.. Enumerable.Range(2, 127).Select(order => (double)order), 256];

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var scale = CheckScale(row, report);
        var (clients, dimension) = (row.Whole("n_clients"), row.Whole("dim"));
        var norm = DistributedDiscreteGaussian.RoundedL2Bound(
            row.Number("l2_clip") * scale, dimension, row.Number("beta"));
        var l1 = DistributedDiscreteGaussian.RoundedL1Bound(norm, dimension);
        report.Relative(row.Id, "scaled_rounded_l2", norm, row.Number("scaled_rounded_l2"), 1e-9);
        report.Relative(row.Id, "scaled_rounded_l1", l1, row.Number("scaled_rounded_l1"), 1e-9);
        var local = row.Number("scaled_local_stddev");
        report.Relative(row.Id, "tau", DistributedDiscreteGaussian.Tau(clients, local * local), row.Number("tau"),
            1e-9, floor: 1e-300);

        CheckEpsilon(row, "ddgauss",
            order => DistributedDiscreteGaussian.Rdp(order, clients, local * local, norm, l1, dimension), report);
        CheckEpsilon(row, "skellam", order => Skellam.Rdp((int)order, clients * local * local, norm, l1), report);
        report.Relative(row.Id, "eps_continuous_gaussian_rdp",
            Curve(row, order => RenyiDp.Gaussian(order, row.Number("central_noise_multiplier")))
                .Epsilon(row.Number("delta")),
            row.Number("eps_continuous_gaussian_rdp"), 1e-9);
    }

    /// <summary>How the ring decides the scale; the scale itself.</summary>
    private static double CheckScale(OracleRow row, CheckReport report)
    {
        var (clients, bits) = (row.Whole("n_clients"), row.Whole("bits"));
        var deviations = ModularScale.Deviations(row.Number("modclip_prob"));
        report.Relative(row.Id, "k_stddevs", deviations, row.Number("k_stddevs"), 1e-9);
        var local = row.Number("central_noise_multiplier") * row.Number("l2_clip") / Math.Sqrt(clients);
        report.Relative(row.Id, "local_stddev", local, row.Number("local_stddev"), 1e-9);
        var uncapped = ModularScale.Of(bits, clients, deviations, row.Whole("dim"), row.Number("l2_clip"), local)
            ?? double.NaN;
        report.Relative(row.Id, "scale_factor_uncapped", uncapped, row.Number("scale_factor_uncapped"), 1e-9);
        var scale = Math.Min(uncapped, LargestScale);
        report.Relative(row.Id, "scale_factor", scale, row.Number("scale_factor"), 1e-9);
        report.Relative(row.Id, "gamma", 1 / scale, row.Number("gamma"), 1e-9);
        report.Relative(row.Id, "scaled_local_stddev", scale * local, row.Number("scaled_local_stddev"), 1e-9);

        // The deviation that would wrap with the chance asked for, were there no rounding.
        report.Relative(row.Id, "wrap_sd_check", Math.ScaleB(1, bits) / (2 * deviations), row.Number("wrap_sd_check"),
            1e-9);
        return scale;
    }

    private static void CheckEpsilon(OracleRow row, string noise, Func<double, double> divergence, CheckReport report)
    {
        var best = Curve(row, divergence).BestEpsilon(row.Number("delta"));
        report.Relative(row.Id, "eps_" + noise, best.Value, row.Number("eps_" + noise), 1e-9);
        report.Relative(row.Id, "order_" + noise, best.Order, row.Number("order_" + noise), 0);
    }

    private static RenyiCurve Curve(OracleRow row, Func<double, double> divergence)
    {
        var rounds = row.Number("rounds");
        return RenyiCurve.Of(Orders, order => rounds * divergence(order));
    }
}
