using System.Globalization;
using FedMeta.Learning;
using FedMeta.Server.Models;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using FedMeta.Simulation.Check;

namespace FedMeta.Simulation.Robust;

/// <summary>One study from its first round to its last, with the coordinator's own decoding, combination, checks and
/// model step.</summary>
internal static class RobustRun
{
    /// <summary>Plays it and scores the model on all hospitals' held-out patients after every round.</summary>
    /// <param name="name">For the report.</param>
    /// <param name="members">The hospitals; the first two cheat where anyone does.</param>
    /// <param name="attacked">Whether they do.</param>
    /// <param name="buckets">One sum a round, or one for each group.</param>
    /// <param name="rounds">Rounds of the study.</param>
    /// <param name="seed">Of rounding, noise and rotation.</param>
    /// <param name="store">Where models go.</param>
    /// <param name="now">The time that the protocol sees.</param>
    public static RobustCurve Play(string name, IReadOnlyList<RobustMember> members, bool attacked, bool buckets,
        int rounds, int seed, ModelStore store, DateTimeOffset now)
    {
        var plan = RobustStudy.Plan(members, buckets, rounds, store);
        var network = ManagedEngine.Instance.Build<double>(plan.Numbers.Model);
        var test = Batch<double>.Concatenate(members.Select(m => m.Test));
        using var random = new RepeatableRandom(string.Create(CultureInfo.InvariantCulture, $"robust {seed} {name}"));
        var round = new RobustRound(plan, members.ToDictionary(m => m.Id), random, now);
        var step = new ModelStep(store);
        var (model, optimizer) = (plan.InitialModel, (string?)null);
        var points = new List<RobustPoint> { Score(0, "", 0, network, Theta(store, model), test) };
        var inARow = 0;
        for (var number = 1; number <= plan.RoundCount && inARow < StudyProspects.MaxRolledBackInARow; number++)
        {
            var rotation = new byte[32];
            random.GetBytes(rotation);
            var theta = Theta(store, model);
            var sums = round.Play(number, model, rotation, member => Cheating.Residues(plan,
                attacked ? ConductOf(member, members) : Conduct.Honest, theta, member.Train, rotation, random));
            var result = step.Step(plan, model, optimizer, sums[0].Plan, sums, rotation);
            var outcome = "completed";
            if (result is StepResult.Adopted adopted)
                (model, optimizer, inARow) = (adopted.Model, adopted.Optimizer, 0);
            else
                (outcome, inARow) = (WhyNot((StepResult.RolledBack)result), inARow + 1);
            points.Add(Score(number, outcome, result.Checks.Groups?.Count(g => !g.IsExplained) ?? 0, network,
                Theta(store, model), test));
        }

        return new RobustCurve(name, inARow == StudyProspects.MaxRolledBackInARow, points);
    }

    private static string WhyNot(StepResult.RolledBack refused) => RollBacks.Explain(refused.Reason, refused.Checks);

    private static Conduct ConductOf(RobustMember member, IReadOnlyList<RobustMember> members) =>
        member == members[0] ? Conduct.FlipsSign : member == members[1] ? Conduct.Scales : Conduct.Honest;

    private static RobustPoint Score(int round, string outcome, int leftOut, IModel<double> network, double[] theta,
        Batch<double> test)
    {
        var scores = new double[test.Count];
        network.Predict(theta, test.Inputs.Span, scores);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = 1 / (1 + Math.Exp(-scores[i]));
        return new RobustPoint(round, outcome, leftOut, Metrics.Accuracy(scores, test.Targets.Span),
            Metrics.Auroc(scores, test.Targets.Span) ?? double.NaN);
    }

    private static double[] Theta(ModelStore store, string hash)
    {
        using var stream = new MemoryStream(store.Model(hash));
        return [.. ModelFileReader.Read(stream).Model!.Theta];
    }
}
