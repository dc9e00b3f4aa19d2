using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace FedMeta.Protocol;

/// <summary>
/// One entry of a hospital's privacy ledger, signed with its identity key: what it granted, reserved, spent or got back
/// of its budget, under which mechanism, and for which message. The entries of a study form a chain in the hospital's
/// own journal; those of type <see cref="LedgerEntryType.Spend"/> also travel with the masked input and stand in the
/// coordinator's journal, from which the privacy report is computed. Layout: docs/reference/ledger.md.
/// </summary>
/// <remarks>It never says noise, seeds, norms, losses, how many records a round used or which.</remarks>
/// <param name="ClientId">Whose ledger it is.</param>
/// <param name="Sequence">Number of the entry in this ledger's part for the study, from 1.</param>
/// <param name="Previous">Hash of the entry before it in that part; zero for the first.</param>
/// <param name="CheckpointSize">Records of the coordinator's journal that this hospital has co-signed; 0 for
/// none yet.</param>
/// <param name="CheckpointRoot">Root at that size; <see cref="MerkleProof.EmptyRoot"/> for none yet.</param>
/// <param name="Type">What it says.</param>
/// <param name="Study">Hash of the study document.</param>
/// <param name="Round">From 1; 0 for a grant and a close.</param>
/// <param name="Attempt">From 1; 0 for a grant and a close.</param>
/// <param name="Terms">The mechanism.</param>
/// <param name="Survivors">Hospitals in the opened sum, for a release; 0 for every other type.</param>
/// <param name="Cumulative">What the study has cost so far with this entry, reserves included, units of 2^-64.</param>
/// <param name="Model">SHA-256 of the model file that the update is computed from; of the initial one for a grant,
/// of the last one for a close (zero where there is none).</param>
/// <param name="Message">SHA-256 of the masked input, for a spend; zero for every other type.</param>
/// <param name="Sampler">Which sampler draws the noise.</param>
/// <param name="Random">Where its random bits come from.</param>
/// <param name="Code">Hash over the builds of the program's parts.</param>
/// <param name="At">UTC, whole milliseconds.</param>
public sealed record LedgerEntry(
    string ClientId,
    long Sequence,
    Sha256Digest Previous,
    long CheckpointSize,
    Sha256Digest CheckpointRoot,
    LedgerEntryType Type,
    Sha256Digest Study,
    int Round,
    int Attempt,
    LedgerTerms Terms,
    int Survivors,
    BigInteger Cumulative,
    Sha256Digest Model,
    Sha256Digest Message,
    string Sampler,
    string Random,
    Sha256Digest Code,
    DateTimeOffset At)
{
    /// <summary>Longest text in bytes.</summary>
    public const int MaxLength = 4096;

    /// <summary>The mechanism whose terms an entry holds (Kairouz, Liu and Steinke 2021).</summary>
    public const string Mechanism = "distributed-discrete-gaussian";

    private const string Domain = "fedmeta-ledger-entry-v1";

    // The end of the year 9999.
    private const long MaxTime = 253402300799999;

    /// <summary>What this entry adds to the cost: the attempt's rho for a reserve, a spend (which the reserve already
    /// holds) and an abort (which gives it back), 0 for every other type.</summary>
    public BigInteger Rho => IsOfAttempt && Type != LedgerEntryType.Release ? Terms.Rho : BigInteger.Zero;

    /// <summary>The ledger's name.</summary>
    public string Ledger => LedgerOf(ClientId);

    /// <summary>The name of a hospital's ledger.</summary>
    public static string LedgerOf(string clientId) => $"fedmeta/{clientId}/journal";

    /// <summary>The canonical text: one line of JSON, members in a fixed order, large numbers as decimal
    /// texts.</summary>
    /// <exception cref="ArgumentException">A member out of its bounds.</exception>
    public byte[] ToCanonicalJson() => IsWellFormed
        ? LedgerEntryText.Write(this)
        : throw new ArgumentException("a member of the ledger entry is out of its bounds");

    /// <summary>The hash of the canonical text, to which the next entry is chained.</summary>
    public Sha256Digest Hash() => Sha256Digest.Of(ToCanonicalJson());

    /// <summary>Signs the canonical text with the hospital's identity key.</summary>
    /// <returns>64 bytes.</returns>
    public byte[] Sign(Identity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.Sign(Domain, ToCanonicalJson());
    }

    /// <summary>Whether the holder of <paramref name="publicKey"/> stated this. Hostile bytes give false.</summary>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        IsWellFormed && PublicKeys.Verify(publicKey, Domain, ToCanonicalJson(), signature);

    /// <summary>Reads a canonical text and nothing else. Never throws for what the bytes hold.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out LedgerEntry? entry)
    {
        entry = null;
        if (utf8.Length > MaxLength || LedgerEntryText.Read(utf8) is not { IsWellFormed: true } candidate) return false;
        if (!candidate.ToCanonicalJson().AsSpan().SequenceEqual(utf8)) return false;
        entry = candidate;
        return true;
    }

    private bool IsOfAttempt => Type is not (LedgerEntryType.Grant or LedgerEntryType.Close);

    private bool IsWellFormed =>
        Protocol.ClientId.IsValid(ClientId) && Sequence > 0 && (Sequence == 1) == (Previous == default)
        && CheckpointSize >= 0 && (CheckpointSize > 0 || CheckpointRoot == MerkleProof.EmptyRoot)
        && Enum.IsDefined(Type) && Study != default && Code != default
        && (IsOfAttempt ? Round > 0 && Attempt > 0 && Model != default : Round == 0 && Attempt == 0)
        && (Type == LedgerEntryType.Release ? Survivors > 0 : Survivors == 0)
        && (Type == LedgerEntryType.Spend) == (Message != default)
        && Terms.IsWellFormed && LedgerTerms.IsWithin(Cumulative)
        && (Type is not (LedgerEntryType.Reserve or LedgerEntryType.Spend) || Cumulative >= Terms.Rho)
        && LedgerTerms.IsWord(Sampler) && LedgerTerms.IsWord(Random)
        && At.ToUnixTimeMilliseconds() is >= 0 and <= MaxTime;
}
