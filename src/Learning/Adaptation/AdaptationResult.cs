using System.Collections.Immutable;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>An adapted model and the account of how it came about.</summary>
/// <param name="Theta">The parameters to use at this hospital; always finite where the shared ones were.</param>
/// <param name="Choice">What was done.</param>
/// <param name="Steps">Gradient steps of the choice; 0 where it takes none.</param>
/// <param name="Reason">Why, in a sentence for the hospital's reader.</param>
/// <param name="Candidates">All candidates, simplest first.</param>
/// <param name="Patients">Labelled patients that it rests on.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record AdaptationResult<T>(
    T[] Theta, AdaptationChoice Choice, int Steps, string Reason, ImmutableArray<CandidateScore> Candidates,
    int Patients)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The words for the choice, with its steps.</summary>
    public string Name => GuardedAdaptation.NameOf(Choice, Steps);

    /// <summary>
    /// Inputs, by number, that are the same for all patients: their weights were left alone, because there they could
    /// only stand in for the intercept, and would be wrong for the first patient who differs.
    /// </summary>
    public ImmutableArray<int> ConstantInputs { get; init; } = [];

    /// <summary>Steps from the shared parameters to the kept ones: the guard goes back to the best.</summary>
    public int KeptSteps { get; init; }

    /// <summary>The model that <see cref="Theta"/> belongs to, after a forward pass; null: the shared one's.</summary>
    public ModelSpec? Spec { get; init; }

    /// <summary>What a forward pass alone gives here, and where it cannot be, prevalence; null for algorithms that take
    /// steps.</summary>
    public T[]? Unguarded { get; init; }

    /// <summary>What the guard did while the chosen adaptation ran; null: nothing.</summary>
    public string? Intervention { get; init; }
}
