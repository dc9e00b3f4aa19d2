using System.Numerics;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Server.State;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>What hospitals state in their signed ledger entries, as the journal holds them.</summary>
internal static class StatedCosts
{
    /// <summary>A hospital's own cumulative cost of a study, and the record of its newest statement (0 for
    /// none).</summary>
    public static (Rho Cumulative, long Record) Of(StudyEntry study, StudyMember member)
    {
        var inputs = Inputs(study).Where(i => i.Client == member.Id).Select(i => i.Input).ToList();
        var cumulative = inputs.Select(i => Read(i)?.Cumulative ?? BigInteger.Zero)
            .DefaultIfEmpty(BigInteger.Zero).Max();
        return (Rho.FromUnits(cumulative), inputs.Select(i => i.Origin.Record).DefaultIfEmpty().Max());
    }

    /// <summary>Local variances that differ from the plan's, each with who stated it.</summary>
    public static IEnumerable<string> OtherVariances(StudyEntry study, MechanismPlan plan) =>
        from input in Inputs(study)
        let variance = Read(input.Input)?.Terms.LocalVariance ?? BigInteger.Zero
        where variance != plan.LocalVariance
        select $"{input.Client}, record {input.Input.Origin.Record}: {variance}";

    /// <summary>Hashes over the builds that hospitals ran, hex, as they state them.</summary>
    public static IEnumerable<string> CodeHashes(StudyEntry study) =>
        Entries(study).Select(e => e.Code.ToString()).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Samplers and sources of random bits, as hospitals state them.</summary>
    public static IEnumerable<string> Samplers(StudyEntry study) =>
        Entries(study).Select(e => $"{e.Sampler}, {e.Random}").Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<LedgerEntry> Entries(StudyEntry study) =>
        Inputs(study).Select(i => Read(i.Input)).OfType<LedgerEntry>();

    private static IEnumerable<(string Client, InputEntry Input)> Inputs(StudyEntry study) =>
        study.Rounds.SelectMany(r => r.Inputs.Select(i => (i.Key, i.Value)));

    private static LedgerEntry? Read(InputEntry input) =>
        Base64Text.TryDecode(input.Spend, out var bytes) && LedgerEntry.TryRead(bytes, out var spend) ? spend : null;
}
