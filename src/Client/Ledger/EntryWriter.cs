using System.Numerics;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Writes and signs this hospital's ledger entries, each chained to the study's entry before it. Ask it under the
/// journal's lock, with the state as it is there: an entry is only right at its own place.
/// </summary>
internal sealed class EntryWriter(Identity identity, string clientId, TimeProvider time)
{
    /// <summary>This hospital's id.</summary>
    public string ClientId => clientId;

    /// <summary>The study was approved.</summary>
    /// <param name="state">The journal's state.</param>
    /// <param name="study">Hash of the document.</param>
    /// <param name="terms">What it says about the mechanism.</param>
    /// <param name="model">Hash of its initial model.</param>
    public SignedEntry Grant(LedgerState state, Sha256Digest study, LedgerTerms terms, Sha256Digest model) =>
        Sign(state, LedgerEntryType.Grant, study, (0, 0), terms, model);

    /// <summary>An attempt is reserved.</summary>
    public SignedEntry Reserve(
        LedgerState state,
        Sha256Digest study,
        (uint Round, uint Attempt) attempt,
        LedgerTerms terms,
        Sha256Digest model) => Sign(
        state, LedgerEntryType.Reserve, study, attempt, terms, model, added: terms.Rho);

    /// <summary>The masked input of a reserved attempt is about to leave.</summary>
    /// <param name="state">The journal's state.</param>
    /// <param name="reserve">The attempt's own reserve.</param>
    /// <param name="message">Hash of the masked input.</param>
    public SignedEntry Spend(LedgerState state, LedgerEntry reserve, Sha256Digest message) => Sign(
        state, LedgerEntryType.Spend, reserve.Study, Of(reserve), reserve.Terms, reserve.Model, message: message);

    /// <summary>A reserved attempt ended before anything was sent.</summary>
    public SignedEntry Abort(LedgerState state, LedgerEntry reserve) => Sign(
        state, LedgerEntryType.Abort, reserve.Study, Of(reserve), reserve.Terms, reserve.Model,
        added: -reserve.Terms.Rho);

    /// <summary>The sum that a spend went into was opened.</summary>
    /// <param name="state">The journal's state.</param>
    /// <param name="spend">The attempt's spend.</param>
    /// <param name="survivors">Hospitals in the sum, by the receipt.</param>
    public SignedEntry Release(LedgerState state, LedgerEntry spend, int survivors) => Sign(
        state, LedgerEntryType.Release, spend.Study, Of(spend), spend.Terms, spend.Model, survivors: survivors);

    /// <summary>The study is over.</summary>
    /// <param name="state">The journal's state.</param>
    /// <param name="last">The study's newest entry.</param>
    /// <param name="model">Hash of its last model; zero where there is none.</param>
    public SignedEntry Close(LedgerState state, LedgerEntry last, Sha256Digest model) =>
        Sign(state, LedgerEntryType.Close, last.Study, (0, 0), last.Terms, model);

    private SignedEntry Sign(
        LedgerState state,
        LedgerEntryType type,
        Sha256Digest study,
        (uint Round, uint Attempt) attempt,
        LedgerTerms terms,
        Sha256Digest model,
        Sha256Digest message = default,
        int survivors = 0,
        BigInteger added = default)
    {
        var tip = state.Chain.Tip(study.ToString());
        var witnessed = state.CoSigning.Last?.Head;
        var entry = new LedgerEntry(
            clientId,
            (tip?.Sequence ?? 0) + 1,
            tip?.Hash() ?? default,
            witnessed?.Size ?? 0,
            witnessed?.Root ?? MerkleProof.EmptyRoot,
            type,
            study,
            checked((int)attempt.Round),
            checked((int)attempt.Attempt),
            terms,
            survivors,
            state.RhoOf(study.ToString()).Units + added,
            model,
            message,
            NoiseShare.SamplerName,
            NoiseShare.RandomName,
            ProgramBuild.Hash,
            DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()));
        return new SignedEntry(entry, entry.ToCanonicalJson(), entry.Sign(identity));
    }

    private static (uint, uint) Of(LedgerEntry entry) => ((uint)entry.Round, (uint)entry.Attempt);
}
