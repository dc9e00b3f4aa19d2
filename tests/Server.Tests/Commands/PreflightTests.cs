using System.Text;
using System.Text.Json;
using FedMeta.Server.Commands;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Commands;

public sealed class PreflightTests
{
    [Fact]
    public async Task A_check_says_what_the_numbers_of_a_small_study_mean()
    {
        var found = await CheckAsync(Drafts.Sound(), 6);
        int Of(string name) => found.GetProperty(name).GetInt32();
        Assert.Equal((6, 6, 4, 4, 2), (Of("members"), Of("summed"), Of("quorum"), Of("threshold"), Of("dropouts")));
        Assert.Equal(("complete", 5, 4), (found.GetProperty("graph").GetString(), Of("neighbours"), Of("share_threshold")));
        Assert.Equal((4, 4 - Of("colluders")), (Of("smallest_sum"), Of("honest_inputs")));
        Assert.True(System.Numerics.BigInteger.Parse(found.GetProperty("ring_needs").GetString()!)
            <= System.Numerics.BigInteger.Parse(found.GetProperty("ring_holds").GetString()!));
        Assert.True(found.GetProperty("bytes_up").GetInt64() > Of("masked_numbers") * 4L);
        Assert.True(found.GetProperty("client_seconds").GetDouble() > 0);
        Assert.True(found.GetProperty("server_seconds_dropped").GetDouble() > found.GetProperty("server_seconds").GetDouble());
        Assert.InRange(found.GetProperty("epsilon_per_round").GetDouble(), 0.01, 3);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(64)]
    public async Task A_wide_ring_is_reckoned_and_timed_as_it_is(int bits)
    {
        var found = await CheckAsync(Drafts.Sound(extra: $"bits = {bits}"), 6);
        Assert.Equal(bits, found.GetProperty("ring_bits").GetInt32());
        Assert.Equal((System.Numerics.BigInteger.One << bits).ToString(), found.GetProperty("ring_holds").GetString());
        Assert.True(System.Numerics.BigInteger.Parse(found.GetProperty("ring_needs").GetString()!)
            <= System.Numerics.BigInteger.One << bits);
        Assert.True(found.GetProperty("client_seconds").GetDouble() > 0);
    }

    [Fact]
    public async Task A_study_of_single_patients_is_reckoned_with_the_clip_norm_once()
    {
        var tasks = await CheckAsync(Drafts.Sound(), 6);
        var patients = await CheckAsync(Drafts.Patients(), 6);
        Assert.Equal(tasks.GetProperty("epsilon_per_round").GetDouble(),
            patients.GetProperty("epsilon_per_round").GetDouble(), 6);
        Assert.Equal("one round uses 100 rows of a hospital at most, each of them a patient",
            patients.GetProperty("vectors").GetString());
        Assert.Equal("10 tasks are expected of all hospitals and no hospital adds more of them",
            tasks.GetProperty("vectors").GetString());
    }

    [Fact]
    public async Task Beyond_256_members_the_sum_gets_a_sparse_graph()
    {
        var draft = Encoding.UTF8.GetString(Drafts.Sound()).Replace("threshold = 4", "threshold = 360").Replace(
            "min_peers = 5", "min_peers = 360").Replace("clip = 0.5", "clip = 0.5\ncolluders = 20");
        var found = await CheckAsync(Encoding.UTF8.GetBytes(draft), 400);
        Assert.Equal("sparse", found.GetProperty("graph").GetString());
        Assert.InRange(found.GetProperty("neighbours").GetInt32(), 32, 398);
        Assert.Equal((40, 340), (found.GetProperty("dropouts").GetInt32(), found.GetProperty("honest_inputs").GetInt32()));
    }

    [Fact]
    public async Task What_the_claims_do_not_cover_is_refused_in_words_with_the_code_of_a_study_document()
    {
        using var home = new TestHome(TimeProvider.System);
        var path = Path.Combine(home.Folder, "draft.toml");
        await File.WriteAllBytesAsync(path, Drafts.Sound());
        Assert.Contains("is not above (n + c)/2", await RefusedAsync(path, 9));
        Assert.Contains("no sparse graph of 300 clients withstands", await RefusedAsync(path, 300));
    }

    private static async Task<string> RefusedAsync(string path, int members)
    {
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["study", "check", path, "--members", $"{members}"], TextReader.Null,
            TextWriter.Null, error, TimeProvider.System);
        Assert.Equal(12, code);
        return error.ToString();
    }

    private static async Task<JsonElement> CheckAsync(byte[] draft, int members)
    {
        using var home = new TestHome(TimeProvider.System);
        var path = Path.Combine(home.Folder, "draft.toml");
        await File.WriteAllBytesAsync(path, draft);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["study", "check", path, "--members", $"{members}", "--json"],
            TextReader.Null, output, error, TimeProvider.System);
        Assert.True(code == 0, error.ToString());
        return JsonDocument.Parse(output.ToString()).RootElement;
    }
}
