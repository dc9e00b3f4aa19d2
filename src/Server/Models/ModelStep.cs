using System.Collections.Immutable;
using System.Globalization;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Models;

/// <summary>
/// From the opened sums to the next meta-model: take their mean, check it, step the optimiser, keep the files. Sums
/// that do not pass the checks leave no trace in the models folder. All of it is post-processing of private sums. A
/// restarted coordinator finds the optimiser where it left it.
/// </summary>
internal sealed class ModelStep(ModelStore store)
{
    /// <summary>Makes the next model, or says why there is none.</summary>
    /// <param name="plan">The study's.</param>
    /// <param name="model">The model that the hospitals started from.</param>
    /// <param name="optimizer">Null before the first model.</param>
    /// <param name="round">The attempt.</param>
    /// <param name="sums">The opened sums, one, or one for each group.</param>
    /// <param name="rotationSeed">The round's, 32 bytes.</param>
    /// <param name="leastLoss">The least probe loss so far; null before the first model.</param>
    public StepResult Step(StudyPlan plan, string model, string? optimizer, RoundPlan round,
        IReadOnlyList<(RoundPlan Plan, RoundResult.Summed Result)> sums, ReadOnlySpan<byte> rotationSeed,
        double? leastLoss = null)
    {
        var mean = CombinedMean.Of(plan, sums, rotationSeed);
        if (mean.Values is null)
            return new StepResult.RolledBack(RollBacks.NormUnexplained, mean.Checks);

        var checks = mean.Checks;
        var included = sums.Sum(s => s.Result.Receipt.Included.Count);
        var algorithm = plan.CreateAlgorithm();
        var state = Load(model).StateOf(algorithm) ?? throw Damaged($"model {model} does not fit the study");
        var probe = ProbeOf(plan);
        var least = leastLoss ?? probe?.Loss(state);
        var stepper = Restore(plan, optimizer, ServerStep.OptimizedLength(algorithm));
        ServerStep.Apply(algorithm, stepper, state, mean.Values, CombinedMean.PerSite(plan), mean.NoiseVariance);
        if (probe is not null)
        {
            checks = checks with { ProbeLoss = probe.Loss(state), ProbeBest = least };
            if (!checks.PassesProbe(plan.Terms.Checks.ProbeTolerance))
                return new StepResult.RolledBack(RollBacks.ProbeLossWorse, checks);
        }

        var provenance = new Dictionary<string, string>
        {
            ["study"] = plan.Terms.Name,
            ["round"] = round.Round.ToString(CultureInfo.InvariantCulture),
            ["attempt"] = round.Attempt.ToString(CultureInfo.InvariantCulture),
            ["hospitals"] = included.ToString(CultureInfo.InvariantCulture),
            ["privacy-unit"] = plan.Terms.Privacy.Unit,
            ["previous"] = model,
        };
        var file = InitialModel.Write(plan.Terms, plan.Numbers.Model, algorithm, state, round.Study,
            provenance.ToImmutableSortedDictionary(StringComparer.Ordinal));
        return new StepResult.Adopted(store.KeepModel(file), store.KeepOptimizer(stepper.Save()), checks);
    }

    private Probe? ProbeOf(StudyPlan plan)
    {
        if (!plan.Terms.Checks.HasProbe)
            return null;
        var bytes = store.Probe(plan.Terms.Checks.Probe);
        if (ProbeSet.TryRead(plan.Terms, plan.Numbers.Model, bytes, out var rows) is { } problem)
            throw Damaged($"probe set {plan.Terms.Checks.Probe}: {problem}");
        return new Probe(ManagedEngine.Instance.Build<double>(plan.Numbers.Model), rows);
    }

    private ModelFile Load(string hash)
    {
        using var stream = new MemoryStream(store.Model(hash));
        return ModelFileReader.Read(stream).Model ?? throw Damaged($"model {hash} is not a model file");
    }

    private IServerOptimizer Restore(StudyPlan plan, string? hash, int length) => hash is null
        ? ServerOptimizer.Create(plan.Numbers.Optimizer, length)
        : ServerOptimizer.Restore(plan.Numbers.Optimizer, length, store.Optimizer(hash))
            ?? throw Damaged($"optimiser state {hash} does not fit the study");

    private static FedMetaException Damaged(string what) => new(ExitCode.JournalDamaged, what,
        "restore the models folder from a backup");

    private sealed record Probe(IModel<double> Model, Batch<double> Rows)
    {
        // A loss beyond all numbers is as bad as a loss can be, and a journal holds numbers.
        public double Loss(double[] state)
        {
            var loss = Model.Loss(state.AsSpan(0, Model.ParameterCount), Rows);
            return double.IsFinite(loss) ? loss : double.MaxValue;
        }
    }
}
