using FedMeta.Client.Policy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Policy;

public sealed class PolicyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private HospitalPolicy Read(string text) => PolicyFile.Read(_folder.File("policy.toml", text));

    [Fact]
    public void A_new_file_reads_as_the_defaults()
    {
        var policy = Read(PolicyFile.Compose());
        Assert.Equal(new HospitalPolicy(), policy with { Approvers = new HospitalPolicy().Approvers });
        Assert.Empty(policy.Approvers);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var policy = Read("""
            max_epsilon_total = 8
            max_epsilon_per_study = 2.5
            delta = 1e-6
            min_peers = 6
            min_rows = 100
            min_honest_inputs = 4
            min_colluders = 2
            least_own_noise = 1.5
            approvers = ["Dr Kim"]
            hours = "20:00-06:00"
            """);
        Assert.Equal(8, policy.MaxEpsilonTotal);
        Assert.Equal(2.5, policy.MaxEpsilonPerStudy);
        Assert.Equal(1e-6, policy.Delta);
        Assert.Equal((6, 100, 4, 2), (policy.MinPeers, policy.MinRows, policy.MinHonestInputs, policy.MinColluders));
        Assert.Equal(1.5, policy.LeastOwnNoise);
        Assert.Equal(["Dr Kim"], policy.Approvers);
        Assert.Equal("20:00-06:00", policy.Hours.ToString());
    }

    [Theory]
    [InlineData("max_epsilon_totl = 3", "max_epsilon_total")]
    [InlineData("min_peers = 2", "min_peers")]
    [InlineData("min_peers = \"five\"", "min_peers")]
    [InlineData("max_epsilon_total = 0", "max_epsilon_total")]
    [InlineData("least_own_noise = -0.5", "least_own_noise")]
    [InlineData("hours = \"at night\"", "hours")]
    public void A_wrong_key_or_value_is_an_error_that_names_it(string text, string named)
    {
        var error = Assert.Throws<FedMetaException>(() => Read(text));
        Assert.Equal(ExitCode.Configuration, error.Code);
        Assert.Contains(named, error.What, StringComparison.Ordinal);
        Assert.Contains("line 1", error.What, StringComparison.Ordinal);
    }
}
