using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.SecureAgg;
using FedMeta.Simulation.Bench;
using FedMeta.Simulation.Rounds;

namespace FedMeta.Simulation.Auditing;

/// <summary>
/// The one-run canary audit on the whole pipeline (Steinke, Nasr and Jagielski 2023): the client's training, clipping,
/// rounding and noise, secure aggregation with real keys and with the hospitals that may vanish gone, the sum that the
/// coordinator opens, and an attacker who has the colluders' inputs as well. See docs/proofs/one-run-audit.md.
/// </summary>
internal static class AuditRun
{
    /// <summary>Plays all rounds and attacks them.</summary>
    /// <param name="settings">What is audited.</param>
    /// <param name="input">The hospitals' code: <see cref="ShippedClient.Input"/>, or one with a defect.</param>
    /// <param name="random">For coins, directions, keys and noise.</param>
    /// <param name="now">The time that the protocol sees.</param>
    /// <param name="progress">Told the number of each round that is over.</param>
    public static AuditRunReport Play(AuditSettings settings, HospitalInput input, RandomNumberGenerator random,
        DateTimeOffset now, Action<int> progress)
    {
        var plan = settings.Plan();
        var canaries = new Canaries(settings.Canaries, random);
        using var members = new BenchMembers(settings.Hospitals);
        var released = new double[settings.Canaries];
        for (var round = 1; round <= settings.Rounds; round++)
        {
            var view = Round(settings, plan, canaries, members, input, round, random, now);
            for (var j = 0; j < released.Length; j++) released[j] += view[j];
            progress(round);
        }

        var scores = canaries.Scores(released);
        bool[] included = [.. canaries.Included];
        return AuditRunReport.Of(settings, plan, CanaryGuesses.Of(scores, included, settings.Guesses),
            CanarySeparation.Of(scores, included));
    }

    // The first hospitals collude and have no canaries; the last vanish; those between share the canaries.
    private static double[] Round(AuditSettings settings, MechanismPlan plan, Canaries canaries, BenchMembers members,
        HospitalInput input, int round, RandomNumberGenerator random, DateTimeOffset now)
    {
        var rotation = new byte[RandomizedHadamard.SeedSize];
        random.GetBytes(rotation);
        var context = Context(settings, plan, members, rotation, round, now);
        var honest = settings.Threshold - settings.Colluders;
        var shown = new List<RingVector>();
        var completed = PlayedSum.Play(
            context,
            members.Ids,
            id => members.IdentityOf(members.Places[id]),
            id =>
            {
                var place = members.Places[id];
                var rows = place < settings.Colluders
                    ? new Batch<double>(default, default, 0)
                    : canaries.RowsOf(place - settings.Colluders, honest);
                var vector = input(plan, canaries, rows, rotation, round, random);
                if (place < settings.Colluders) shown.Add(vector.Copy());
                return vector;
            },
            random,
            now,
            members.Ids.Skip(settings.Threshold).ToHashSet(StringComparer.Ordinal));
        return ColludersView.Of(plan, rotation, completed.Sum[0], shown);
    }

    private static RoundContext Context(AuditSettings settings, MechanismPlan plan, BenchMembers members,
        ReadOnlySpan<byte> rotation, int round, DateTimeOffset now) => new()
        {
            Study = "audit",
            Id = new RoundId(round, 1),
            PlanHash = SHA256.HashData(Encoding.UTF8.GetBytes(plan.Terms)),
            ModelHash = SHA256.HashData(Encoding.UTF8.GetBytes(round.ToString(CultureInfo.InvariantCulture))),
            Parameters = new AggregationParameters(
                [new VectorShape("update", plan.PaddedDimension, plan.Request.RingBits)], settings.Hospitals,
                settings.Threshold, settings.Colluders),
            NoiseTerms = plan.RoundTerms(rotation),
            Expiry = now.AddDays(1),
            Members = members.PublicKeys,
        };
}
