using FedMeta.Protocol;
using FedMeta.Simulation.Auditing;
using FedMeta.Simulation.Check;

namespace FedMeta.Simulation.Tests.Auditing;

public sealed class AuditRunTests
{
    // mu is about 1.5, and 2048 canaries see it to 0.2.
    private static readonly AuditSettings Settings = new(8, 1e-5, Rounds: 2, Hospitals: 8, Threshold: 6, Colluders: 1,
        RingBits: 32, Canaries: 2048, Guesses: 200, Level: 0.05);

    [Fact]
    public void The_shipped_pipeline_gives_away_what_is_claimed_and_not_more()
    {
        var report = Play(ShippedClient.Input);
        Assert.False(report.Refuted);
        Assert.InRange(report.ClaimedMu, report.MuLowerBound, report.MuUpperBound);

        // The attack is a real one: it refutes a claim of half the epsilon.
        Assert.InRange(report.EpsilonLowerBound, 1.5, Settings.Epsilon);
        Assert.True(report.MuLowerBound > report.ClaimedMu / 2);
    }

    [Theory]
    [InlineData(nameof(Defects.NoNoise))]
    [InlineData(nameof(Defects.SharedTwice))]
    [InlineData(nameof(Defects.SharedByAllMembers))]
    [InlineData(nameof(Defects.NoClip))]
    [InlineData(nameof(Defects.ClipAfterNoise))]
    [InlineData(nameof(Defects.ClipUpdatedBeforeNoise))]
    [InlineData(nameof(Defects.SameSeed))]
    [InlineData(nameof(Defects.CountedTwice))]
    public void Every_defect_is_refuted(string defect)
    {
        var input = typeof(Defects).GetMethod(defect)!.CreateDelegate<HospitalInput>();
        var report = Play(input);
        Assert.True(report.Refuted, $"claimed mu {report.ClaimedMu}, found {report.Mu} from {report.MuLowerBound}");
    }

    [Fact]
    public void Wide_rings_are_audited_like_narrow_ones()
    {
        var report = Play(ShippedClient.Input, Settings with { RingBits = 64, Rounds = 1, Canaries = 1024 });
        Assert.False(report.Refuted);
        Assert.InRange(report.ClaimedMu, report.MuLowerBound, report.MuUpperBound);
    }

    [Theory]
    [InlineData(1000, 200, 1)]
    [InlineData(1024, 201, 1)]
    [InlineData(1024, 200, 6)]
    public void Settings_without_an_audit_are_refused_with_the_reason(int canaries, int guesses, int colluders)
    {
        var fault = Assert.Throws<FedMetaException>(() =>
            (Settings with { Canaries = canaries, Guesses = guesses, Colluders = colluders }).Plan());
        Assert.Equal(ExitCode.Usage, fault.Code);
    }

    // Seeded, so that no run fails by bad luck.
    private static AuditRunReport Play(HospitalInput input, AuditSettings? settings = null)
    {
        using var random = new RepeatableRandom("audit");
        return AuditRun.Play(settings ?? Settings, input, random, DateTimeOffset.UnixEpoch, _ => { });
    }
}
