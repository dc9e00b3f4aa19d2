using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// What a site computes in a round. The server holds a state vector (theta, for Meta-SGD followed by the inner rates)
/// and every task answers with a vector of the same meaning and length: a gradient in the widest sense, which the
/// server optimiser steps against; where sites keep a vector of their own (<see cref="ISiteState{T}"/>), its mean and
/// its change follow. A task's update is a function of the state, the task and that vector alone, so clipping it
/// bounds what the task can do to the round.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IMetaAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The name in a study file.</summary>
    string Name { get; }

    /// <summary>The model it was made for.</summary>
    ModelSpec Spec { get; }

    /// <summary>The model that <see cref="TaskUpdate"/> wants, of the same vector: an ordinary one, except where the
    /// loss is one of episodes.</summary>
    ModelSpec TrainingSpec => Spec;

    /// <summary>Length of the state and of an update; see <see cref="MetaAlgorithms.UploadLength"/>.</summary>
    int UploadLength { get; }

    /// <summary>Strength of the pull towards the shared vector while a hospital adapts it, 0 or more: part of the
    /// loss that the personal model makes small in Ditto, pFedMe and iMAML.</summary>
    double AdaptationPull => 0;

    /// <summary>The state to start from.</summary>
    T[] InitialState(ReadOnlySpan<double> theta);

    /// <summary>Computes one task's contribution.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="state">The shared state.</param>
    /// <param name="task">The task; query non-empty.</param>
    /// <param name="update">Receives the pseudo-gradient, not yet clipped.</param>
    /// <returns>The loss on the query after adaptation where the algorithm has a query, else on all its records before
    /// training. Never leaves the site.</returns>
    double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update);

    /// <summary>Brings a state back into its range after a server step (inner rates stay within bounds).</summary>
    void Project(Span<T> state);

    /// <summary>The inner rates that belong to the state, one per coordinate, already masked.</summary>
    T[] InnerRates(ReadOnlySpan<T> state);
}
