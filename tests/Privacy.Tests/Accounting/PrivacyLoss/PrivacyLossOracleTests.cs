using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Accounting.PrivacyLoss;

/// <summary>Against Google's accountant at the same grid: at most 0.002 above it, not below the truth.</summary>
public class PrivacyLossOracleTests
{
    private const double Tolerance = 2e-3;

    [SharedFact(OracleFile.Folder + "/subsampled_gaussian_eps.json")]
    public void Sampled_rounds_agree_in_both_directions()
    {
        foreach (var row in OracleFile.Rows("subsampled_gaussian_eps.json").Where(IsShort))
        {
            var schedule = PrivacyLossDistribution.Gaussian(row.Number("noise_multiplier"), row.Number("q"))
                .Compose(row.Whole("rounds"));
            var delta = row.Number("delta");
            var theirs = row.Number("eps_pld");
            Assert.InRange(schedule.Epsilon(delta), row.Number("eps_pld_optimistic_buckets"), theirs + Tolerance);
            Assert.Equal(theirs, schedule.Epsilon(delta), 2e-5);
            Assert.Equal(row.Number("eps_pld_add"), schedule.Epsilon(delta, PrivacyLossDirection.Add), 2e-4);
        }
    }

    [SharedFact(OracleFile.Folder + "/discrete_mechanisms_pld.json")]
    public void Integer_noise_agrees()
    {
        foreach (var row in OracleFile.Rows("discrete_mechanisms_pld.json"))
        {
            var sensitivity = row.Whole("sensitivity");
            var skellam = row.Text("kind") == "skellam";
            var one = skellam
                ? PrivacyLossDistribution.Skellam(row.Number("variance"), sensitivity, 1e-3)
                : PrivacyLossDistribution.DiscreteGaussian(Math.Pow(row.Number("sigma"), 2), sensitivity, 1e-3);
            var ours = one.Compose(row.Whole("rounds")).Epsilon(row.Number("delta"));

            // Theirs rounds each loss of Skellam noise up to the grid; ten times coarser, ours is still about as tight.
            var theirs = row.Number("eps_pld");
            Assert.InRange(ours, theirs - (skellam ? row.Whole("rounds") * 1e-4 : 1e-6), theirs + Tolerance);
        }
    }

    private static bool IsShort(System.Text.Json.JsonElement row) =>
        row.GetProperty("eps_pld").ValueKind == System.Text.Json.JsonValueKind.Number && row.Number("eps_pld") < 4;
}
