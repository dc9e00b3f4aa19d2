using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Server.State.Facts;

/// <summary>An empirical audit of a build of the client, in counts alone: what they prove is computed again wherever it
/// is told. <c>Code</c> is the build's SHA-256 as ledger entries state it, <c>Level</c> the probability of refuting a true
/// claim.</summary>
internal sealed record AuditRecorded(string Study, string Code, int Canaries, int Guesses, int Correct, double Delta,
    double Level) : Fact
{
    /// <summary>Whether the counts can be those of an audit.</summary>
    public bool IsPossible => Sha256Digest.TryParse(Code, out _)
        && Canaries is > 0 and <= OneRunAudit.MaxCanaries && Guesses >= 0 && Guesses <= Canaries && Correct >= 0
        && Correct <= Guesses && Delta is > 0 and < 1 && Level is > 0 and < 1;
}
