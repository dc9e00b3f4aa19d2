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
    /// <summary>Makes the next model. <paramref name="optimizer"/> is null for the study's first round.</summary>
    public StepResult Step(StudyPlan plan, string model, string? optimizer, RoundPlan round,
        IReadOnlyList<(RoundPlan Plan, RoundResult.Summed Result)> sums, ReadOnlySpan<byte> rotationSeed)
    {
        var mean = CombinedMean.Of(plan, sums, rotationSeed);
        if (mean.Values is null)
            return new StepResult.RolledBack(RollBacks.NormUnexplained, mean.Checks);

        var included = sums.Sum(s => s.Result.Receipt.Included.Count);
        var algorithm = plan.CreateAlgorithm();
        var state = StateOf(Load(model), algorithm.UploadLength);
        var stepper = Restore(plan, optimizer, state.Length);
        stepper.Step(state, mean.Values, mean.NoiseVariance);
        algorithm.Project(state);
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
        return new StepResult.Adopted(store.KeepModel(file), store.KeepOptimizer(stepper.Save()), mean.Checks);
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

    // Theta, for Meta-SGD followed by the inner rates.
    private static double[] StateOf(ModelFile file, int length) =>
        length > file.Theta.Length ? [.. file.Theta, .. file.InnerRates] : [.. file.Theta];

    private static FedMetaException Damaged(string what) => new(ExitCode.JournalDamaged, what,
        "restore the models folder from a backup");
}
