using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Auditing;

public sealed class OneRunAuditTests
{
    [SharedFact($"{OracleFile.Folder}/one_run_audit.json")]
    public void The_bound_is_that_of_the_paper()
    {
        foreach (var row in OracleFile.Rows("one_run_audit.json"))
        {
            var (m, r, v) = (Whole(row, "canaries_m"), Whole(row, "guesses_r"), Whole(row, "correct_v"));
            var delta = row.Number("delta");
            var bound = OneRunAudit.EpsilonLowerBound(m, r, v, delta, row.Number("p_value_level"));
            Assert.Equal(row.Number("eps_lower_bound"), bound, 1e-9);
            var expected = row.Number("p_value_at_eps1");
            Assert.InRange(OneRunAudit.PValue(m, r, v, 1, delta) / expected, 1 - 1e-9, 1 + 1e-9);
        }
    }

    [Fact]
    public void Twenty_right_guesses_of_twenty_are_a_power_of_the_chance_of_one()
    {
        // Without delta only one term is left: (1/(1 + e^-epsilon))^20.
        Assert.Equal(Math.Pow(1 / (1 + Math.Exp(-1)), 20), OneRunAudit.PValue(100, 20, 20, 1, 0), 1e-15);
        var power = Math.Pow(0.05, 1.0 / 20);
        Assert.Equal(Math.Log(power / (1 - power)), OneRunAudit.EpsilonLowerBound(100, 20, 20, 0, 0.05), 1e-12);
    }

    [Fact]
    public void Guesses_no_better_than_coins_refute_nothing()
    {
        Assert.Equal(0, OneRunAudit.EpsilonLowerBound(1000, 1000, 500, 1e-5, 0.05));
        Assert.Equal(0, OneRunAudit.EpsilonLowerBound(1000, 0, 0, 1e-5, 0.05));
        Assert.Equal(1, OneRunAudit.PValue(1000, 0, 0, 0, 1e-5));
    }

    [Fact]
    public void More_right_guesses_never_refute_less() => Prop.ForAll<byte, byte>((guesses, correct) =>
    {
        var (r, v) = (guesses, correct % (guesses + 1));
        return v == r || OneRunAudit.EpsilonLowerBound(300, r, v, 1e-4, 0.05)
            <= OneRunAudit.EpsilonLowerBound(300, r, v + 1, 1e-4, 0.05) + 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_delta_a_weaker_claim_is_never_more_surprising() => Prop.ForAll<byte, byte, byte>(
        (guesses, correct, epsilon) =>
        {
            var (r, v, e) = (guesses, correct % (guesses + 1), epsilon / 64.0);
            return OneRunAudit.PValue(300, r, v, e, 0) <= OneRunAudit.PValue(300, r, v, e + 0.1, 0) + 1e-12;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0, 0, 0.1)]
    [InlineData(10, 11, 5, 0.1)]
    [InlineData(10, 10, 11, 0.1)]
    [InlineData(10, -1, 0, 0.1)]
    [InlineData(10, 10, 5, -0.1)]
    [InlineData(10, 10, 5, double.NaN)]
    public void Impossible_counts_are_refused(int canaries, int guesses, int correct, double delta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OneRunAudit.PValue(canaries, guesses, correct, 1, delta));

    private static int Whole(System.Text.Json.JsonElement row, string column) => row.GetProperty(column).GetInt32();
}
