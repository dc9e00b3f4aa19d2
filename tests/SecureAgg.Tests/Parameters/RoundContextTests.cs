namespace FedMeta.SecureAgg.Tests;

public class RoundContextTests
{
    private static readonly RoundContext Sound = Consortium.Round(5, 4);

    public static TheoryData<string> Differences => [.. Different(Sound).Keys];

    [Fact]
    public void A_sound_context_has_no_problems_and_one_hash()
    {
        Assert.Empty(Sound.Validate());
        var reordered = Sound with { Members = Sound.Members.Reverse().ToDictionary(m => m.Key, m => m.Value) };
        Assert.Equal(Sound.ComputeHash(), reordered.ComputeHash());
        var elsewhere = Sound with { Expiry = Sound.Expiry.ToOffset(TimeSpan.FromHours(2)) };
        Assert.Equal(Sound.ComputeHash(), elsewhere.ComputeHash());
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Every_field_changes_the_hash(string field) =>
        Assert.NotEqual(Sound.ComputeHash(), Different(Sound)[field].ComputeHash());

    [Fact]
    public void Every_problem_is_named()
    {
        var key = Sound.Members[Consortium.Id(0)];
        var bad = Sound with
        {
            Study = "",
            NoiseTerms = new string('x', 5000),
            Id = new RoundId(-1, 0),
            PlanHash = new byte[31],
            ModelHash = new byte[33],
            Parameters = Sound.Parameters with { Vectors = [new VectorShape("update", 37, 7)] },
            Members = new Dictionary<string, byte[]> { ["Bad Id"] = key, ["twin"] = key, ["keyless"] = new byte[91] },
        };

        Assert.Equal(9, bad.Validate().Count);
    }

    [Fact]
    public void The_server_does_not_open_a_round_with_problems() =>
        Assert.Throws<ArgumentException>(() => ServerAdvertiseKeys.Start(Sound with { PlanHash = new byte[3] }));

    [Theory]
    [InlineData("a", true)]
    [InlineData("charite-berlin-2", true)]
    [InlineData("", false)]
    [InlineData("Upper", false)]
    [InlineData("under_score", false)]
    [InlineData("é", false)]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123", true)]
    [InlineData("0123456789-0123456789-0123456789-0123456789-01234", false)]
    public void An_id_is_short_and_plain(string id, bool valid) => Assert.Equal(valid, ClientIds.IsValid(id));

    [Fact]
    public void Rounds_order_by_round_and_then_by_attempt()
    {
        Assert.True(new RoundId(3, 9).CompareTo(new RoundId(4, 0)) < 0);
        Assert.True(new RoundId(4, 1).CompareTo(new RoundId(4, 0)) > 0);
        Assert.Equal(0, new RoundId(4, 1).CompareTo(new RoundId(4, 1)));
    }

    internal static Dictionary<string, RoundContext> Different(RoundContext sound)
    {
        var parameters = sound.Parameters;
        return new Dictionary<string, RoundContext>
        {
            ["study"] = sound with { Study = "lung" },
            ["round"] = sound with { Id = sound.Id with { Round = 8 } },
            ["attempt"] = sound with { Id = sound.Id with { Attempt = 1 } },
            ["group"] = sound with { Group = 1 },
            ["plan"] = sound with { PlanHash = new byte[32] },
            ["model"] = sound with { ModelHash = new byte[32] },
            ["vector name"] = sound with { Parameters = parameters with { Vectors = [new("metrics", 37, 20)] } },
            ["vector length"] = sound with { Parameters = parameters with { Vectors = [new("update", 38, 20)] } },
            ["ring bits"] = sound with { Parameters = parameters with { Vectors = [new("update", 37, 21)] } },
            ["max clients"] = sound with { Parameters = parameters with { MaxClients = parameters.MaxClients + 1 } },
            ["threshold"] = sound with { Parameters = parameters with { Threshold = 5 } },
            ["colluders"] = sound with { Parameters = parameters with { Colluders = 1 } },
            ["honest inputs"] = sound with { Parameters = parameters with { MinHonestInputs = 3 } },
            ["clip and noise"] = sound with { NoiseTerms = "clip=1 sigma=1" },
            ["expiry"] = sound with { Expiry = sound.Expiry.AddTicks(1) },
            ["members"] = sound with { Members = sound.Members.Skip(1).ToDictionary(m => m.Key, m => m.Value) },
        };
    }
}
