using System.Security.Cryptography;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using FedMeta.Simulation.Bench;
using Spectre.Console;

namespace FedMeta.Simulation.Tests.Bench;

public sealed class SecAggBenchTests
{
    private static readonly SecAggBenchOptions Small = new(12, 1001, null, null, 0.2, null, 1);

    [Fact]
    public void A_round_ends_with_the_exact_sum_of_those_who_stayed_and_every_figure_is_there()
    {
        using var document = JsonDocument.Parse(SecAggBenchJson.Of(Run(Small with { Repeats = 2 })));
        var root = document.RootElement;
        Assert.Equal(12, root.GetProperty("clients").GetInt32());
        Assert.Equal(1001, root.GetProperty("dimension").GetInt32());
        Assert.Equal(20, root.GetProperty("bits").GetInt32());
        Assert.Equal("full", root.GetProperty("graph").GetString());
        Assert.Equal(9, root.GetProperty("threshold").GetInt32());
        Assert.Equal(9, root.GetProperty("share_threshold").GetInt32());
        Assert.Equal(5, root.GetProperty("colluders").GetInt32());
        Assert.Equal(2, root.GetProperty("dropped").GetInt32());
        Assert.Equal(10, root.GetProperty("included").GetInt32());
        Assert.True(root.GetProperty("sum_exact").GetBoolean());
        Assert.Equal(2, root.GetProperty("repeats").GetInt32());
        foreach (var phase in new[]
        {
            "advertise_keys", "share_keys", "collect_masked_input", "check_consistency", "unmask", "total",
        })
        {
            var client = root.GetProperty("client_seconds").GetProperty(phase);
            Assert.InRange(client.GetProperty("median").GetDouble(), 1e-7, client.GetProperty("max").GetDouble());
            Assert.True(root.GetProperty("server_seconds").GetProperty(phase).GetDouble() > 0, phase);
        }

        var upload = root.GetProperty("upload");
        Assert.Equal(2503, upload.GetProperty("masked_input_bytes").GetInt64()); // ceil(1001 * 20 / 8)
        Assert.Equal(4004, upload.GetProperty("raw_float32_bytes").GetInt64());

        // Keys 192, eleven share pairs of 96 and an id of 13, the vector, a signature, twelve opened shares less the
        // client's own mask key, which a survivor has none of: 12 * (40 + 13).
        Assert.Equal(192 + (11 * (96 + 13)) + 2503 + 64 + (12 * 53), upload.GetProperty("bytes").GetDouble());
        Assert.Equal(
            upload.GetProperty("bytes").GetDouble() / 4004, upload.GetProperty("ratio").GetDouble(), 12);
        Assert.True(root.GetProperty("keystream").GetProperty("kernel_gb_per_second").GetDouble() > 0);
        Assert.True(root.GetProperty("keystream").GetProperty("portable_gb_per_second").GetDouble() > 0);
        Assert.True(root.GetProperty("packing").GetProperty("pack_elements_per_second").GetDouble() > 0);
        Assert.True(root.GetProperty("packing").GetProperty("unpack_elements_per_second").GetDouble() > 0);
        Assert.True(root.GetProperty("unmask_wall_seconds").GetDouble() > 0);
        Assert.Equal(OperatingSystem.IsLinux(), root.GetProperty("memory").GetProperty("peak_bytes").ValueKind
            == JsonValueKind.Number);
        Assert.Equal(JsonValueKind.Number, root.GetProperty("memory").GetProperty("server_managed_bytes").ValueKind);
    }

    [Fact]
    public void A_sparse_graph_is_played_with_the_most_colluders_that_its_degree_covers()
    {
        var options = Small with { Clients = 60, Dimension = 70_000, Bits = 33, Neighbours = "22", Drop = 0.1 };
        using var document = JsonDocument.Parse(SecAggBenchJson.Of(Run(options)));
        var root = document.RootElement;
        Assert.Equal("sparse", root.GetProperty("graph").GetString());
        Assert.Equal(22, root.GetProperty("neighbours").GetInt32());
        Assert.Equal(54, root.GetProperty("threshold").GetInt32());
        Assert.Equal(54, root.GetProperty("included").GetInt32());
        var colluders = root.GetProperty("colluders").GetInt32();
        var shares = root.GetProperty("share_threshold").GetInt32();
        Assert.Equal(shares, GraphParameterFinder.OfDegree(22, 60, colluders, 6)?.Threshold);
        Assert.Null(GraphParameterFinder.OfDegree(22, 60, colluders + 1, 6));
    }

    [Fact]
    public void Above_256_clients_the_degree_is_found_for_the_colluders()
    {
        var options = Small with { Clients = 300, Colluders = 10 };
        var parameters = SecAggBenchPlan.Of(options).Parameters;
        Assert.Equal(GraphParameterFinder.ForStudy(300, 10, 60), parameters.Graph);
        Assert.Equal((240, 10), (parameters.Threshold, parameters.Colluders));
    }

    [Fact]
    public void Without_openssl_its_figures_are_null_and_a_person_is_told()
    {
        var report = Run(Small);
        var speeds = report.Speeds with { Openssl = null, KernelRatio = null, PortableRatio = null };
        report = report with { Speeds = speeds };
        using var document = JsonDocument.Parse(SecAggBenchJson.Of(report));
        var keystream = document.RootElement.GetProperty("keystream");
        Assert.Equal(JsonValueKind.Null, keystream.GetProperty("openssl_gb_per_second").ValueKind);
        Assert.Equal(JsonValueKind.Null, keystream.GetProperty("kernel_ratio").ValueKind);
        Assert.Equal(JsonValueKind.Null, keystream.GetProperty("portable_ratio").ValueKind);

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter()) });
        SecAggBenchText.Write(report, console);
        var text = console.Profile.Out.Writer.ToString()!;
        Assert.Contains("there is no openssl here", text, StringComparison.Ordinal);
        Assert.Contains("12 clients, 2 dropped after sharing; complete graph", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, 20)]
    [InlineData(100, 23)]
    [InlineData(256, 24)]
    public void The_ring_is_the_narrowest_that_holds_the_sum_of_16_bit_values(int clients, int bits)
    {
        var plan = SecAggBenchPlan.Of(Small with { Clients = clients });
        Assert.Equal(bits, plan.Parameters.Vectors[0].RingBits);
    }

    [Theory]
    [InlineData(100, 33)]
    [InlineData(12, 5)]
    [InlineData(5, 1)] // three honest inputs must be left
    public void The_colluders_are_the_most_that_the_complete_graph_covers(int clients, int colluders)
    {
        var parameters = SecAggBenchPlan.Of(Small with { Clients = clients, Drop = 0 }).Parameters;
        Assert.Equal(colluders, parameters.Colluders);
        Assert.NotEmpty((parameters with { Colluders = colluders + 1 }).Validate());
    }

    public static TheoryData<int, int, int?, string?, double, int?, string> Nonsense() => new()
    {
        { 4, 10, null, null, 0, null, "--clients" },
        { 200_000, 10, null, null, 0, null, "--clients" },
        { 10, 0, null, null, 0, null, "--dimension" },
        { 10, 10, 12, null, 0, null, "12 bits do not hold" },
        { 10, 10, 7, null, 0, null, "--bits" },
        { 10, 10, 65, null, 0, null, "--bits" },
        { 10, 10, null, "some", 0, null, "--neighbours some" },
        { 10, 10, null, "3", 0, null, "--neighbours 3" },
        { 10, 10, null, "10", 0, null, "--neighbours 10" },
        { 300, 10, null, "full", 0, null, "256" },
        { 300, 10, null, null, 0, null, "256" },
        { 300, 10, null, "8", 0.3, null, "no threshold covers" },
        { 10, 10, null, null, 1, null, "--drop" },
        { 10, 10, null, null, -0.1, null, "--drop" },
        { 10, 10, null, null, double.NaN, null, "--drop" },
        { 10, 10, null, null, 0.5, null, "5 clients would be left and 7 must be" },
        { 10, 10, null, null, 0, -1, "--colluders" },
        { 10, 10, null, null, 0, 10, "--colluders" },
        { 10, 10, null, null, 0, 4, "not above (n + c)/2" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_is_refused_in_words(
        int clients, int dimension, int? bits, string? neighbours, double drop, int? colluders, string word)
    {
        var options = new SecAggBenchOptions(clients, dimension, bits, neighbours, drop, colluders, 1);
        var refusal = Assert.Throws<FedMetaException>(() => SecAggBenchPlan.Of(options));
        Assert.Equal(ExitCode.Usage, refusal.Code);
        Assert.Contains(word, refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public void No_round_is_too_few()
    {
        Assert.Throws<FedMetaException>(() => SecAggBenchPlan.Of(Small with { Repeats = 0 }));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(33)]
    public void A_sum_that_is_off_by_one_or_of_other_clients_is_seen(int bits)
    {
        using var random = RandomNumberGenerator.Create();
        var inputs = new BenchInputs(new VectorShape("update", 70_000, bits), random);
        int[] clients = [0, 1, 2, 9];
        var sum = new RingVector(70_000, bits);
        foreach (var client in clients)
        {
            for (var i = 0; i < sum.Length; i++) sum[i] = (sum[i] + inputs.Of(client)[0][i]) & sum.Mask;
        }

        Assert.True(inputs.IsSumOf(clients, sum));
        Assert.False(inputs.IsSumOf([0, 1, 3, 9], sum));
        Assert.False(inputs.IsSumOf([0, 1, 9], sum));
        sum[69_999] ^= 1;
        Assert.False(inputs.IsSumOf(clients, sum));
    }

    [Fact]
    public void The_middle_of_an_even_number_of_figures_is_between_the_two()
    {
        Assert.Equal(new Spread(2.5, 9), Spread.Of([9, 1, 2, 3]));
        Assert.Equal(new Spread(2, 3), Spread.Of([3, 1, 2]));
    }

    [Theory]
    [InlineData("+DT:AES-256-CTR:1:16384\n+R:1:AES-256-CTR:0.64\n+F:25:AES-256-CTR:6265113600.00\n", 6265113600.0)]
    [InlineData("+F:25:AES-256-CTR:0.00\n", null)]
    [InlineData("+F:25:AES-256-CTR:\n", null)]
    [InlineData("speed: Unknown option\n", null)]
    [InlineData("", null)]
    public void Openssl_s_figure_is_read_from_its_last_line(string output, double? expected)
    {
        Assert.Equal(expected, OpensslSpeed.Parse(output));
    }

    [Fact]
    public void The_peak_of_memory_is_read_from_the_status_file()
    {
        Assert.Equal(401_408L, PeakMemory.Parse(["VmPeak:\t 99 kB", "VmHWM:\t     392 kB", "VmRSS:\t 9 kB"]));
        Assert.Null(PeakMemory.Parse(["VmRSS:\t 9 kB"]));
        Assert.Null(PeakMemory.Parse(["VmHWM:\t x kB"]));
    }

    private static SecAggBenchReport Run(SecAggBenchOptions options) =>
        SecAggBench.Run(SecAggBenchPlan.Of(options), options.Repeats, 0.001, 1, TimeProvider.System, _ => { });
}
