using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Client.Noise;
using FedMeta.Client.SiteStates;
using FedMeta.Client.Studies;
using FedMeta.Client.Training;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Client.Agent;

/// <summary>
/// From a reserved attempt to a client of secure aggregation: noise first, then the model, then the data, then what the
/// hospital keeps of them for the next round. Nothing has left the hospital when this returns.
/// </summary>
internal sealed class RoundInput(
    IRoundServer server,
    Identity identity,
    string clientId,
    ISiteRows rows,
    EngineChoice engine,
    NoisePool noises,
    SiteStateFolder states,
    RandomNumberGenerator random,
    TimeProvider time)
{
    /// <summary>Trains and starts phase 0; answers why not where it cannot.</summary>
    /// <param name="session">The attempt, its reserve on disk.</param>
    /// <param name="lastUsed">The greatest attempt that had been begun before this one.</param>
    /// <param name="report">What went in, for the terminal alone.</param>
    /// <param name="stop">Ends training.</param>
    public async Task<RoundRejection?> PrepareAsync(
        RoundSession session,
        (uint Round, uint Attempt) lastUsed,
        Action<Contribution> report,
        CancellationToken stop)
    {
        var (study, start) = (session.Study, session.Start);
        if (engine.Refusal(study.Model) is { } refused) return new(RoundRefusal.PolicyRefuses, refused);
        using var noise = await noises.TakeAsync(session, stop);
        var hash = new Sha256Digest(start.ModelHash.Span);
        var bytes = await server.GetModelAsync(hash, stop);
        if (bytes is null || Sha256Digest.Of(bytes) != hash)
            return new(RoundRefusal.WrongModel, "the server did not send the model that it announced");
        if (StudyModel.Read(bytes, study) is not { } model)
            return new(RoundRefusal.WrongModel, "the model does not belong to the study");
        if (rows.Read(study, session.Approved.Limits.MinRows, out var problems) is not { } data)
            return Unusable(problems);
        if (PatientDelta.Problem(study, data.Train.Count) is { } tooLarge) return Unusable([tooLarge]);
        var seed = TaskSeed.Of(
            study.Hash, clientId, study.Demands.Unit, session.Round.Round, session.Round.Attempt);
        using var own = states.Enter(study, start.Counted is { } counted ? (counted.Round, counted.Attempt) : default);
        var contribution = await Task.Run(
            () => ContributionBuilder.Build(
                study.CreateUpdate(engine.Engine, own is null ? default : own.Vector),
                study.Mechanism, model.State, data.Train, start.RotationSeed.Span, seed, noise, random, stop,
                own is null ? null : vector => own.Advance(vector)),
            stop);
        report(contribution with
        {
            Warnings = problems.Count(problem => problem.IsWarning),
            Lost = own?.Lost,
        });
        if (own is not null) states.Keep(study, own, (session.Round.Round, session.Round.Attempt));
        var input = session.Keep(
            RingVector.From(contribution.Residues, session.Study.Aggregation.Vectors[0].RingBits));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(contribution.Residues.AsSpan()));
        var transition = ClientAdvertiseKeys.Start(
            study.RoundOf(clientId, new RoundId(session.Round.Round, checked((int)session.Round.Attempt)),
                start.ModelHash.Memory, start.RotationSeed.Span, session.Expiry),
            clientId,
            identity.Key,
            [input],
            random,
            lastUsed == default ? null : new RoundId(lastUsed.Round, checked((int)lastUsed.Attempt)),
            time.GetUtcNow());
        session.State = transition.State;
        session.Outgoing = transition.Outgoing;
        return transition.Refusal is { } refusal
            ? new(RoundRefusal.ProtocolViolation, refusal.ToString())
            : null;
    }

    /// <summary>A study ended: what was kept for its next round is removed.</summary>
    public void End(string study) => states.Remove(study);

    // The server hears the same of every cause; the hospital's own screen says which row and column, never what stands
    // there.
    private static RoundRejection Unusable(IReadOnlyList<DataProblem> problems)
    {
        const string More = "'fedmeta-client data check' at the hospital says more";
        List<string> faults = [.. problems.Where(problem => !problem.IsWarning).Select(problem => problem.What)];
        var others = faults.Count > MostFaults ? $"; and {faults.Count - MostFaults} more faults" : "";
        return new RoundRejection(RoundRefusal.DataUnavailable, More)
        {
            Here = $"{string.Join("; ", faults.Take(MostFaults))}{others}: {More}",
        };
    }

    private const int MostFaults = 3;
}
