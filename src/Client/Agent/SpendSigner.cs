using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;

namespace FedMeta.Client.Agent;

/// <summary>Writes and signs the hospital's ledger entry that travels with a masked input.</summary>
internal sealed class SpendSigner(Identity identity, string clientId, TimeProvider time)
{
    /// <summary>This hospital's id.</summary>
    public string ClientId => clientId;

    /// <summary>The header of a masked input.</summary>
    /// <param name="session">The attempt.</param>
    /// <param name="packed">The masked input itself.</param>
    /// <param name="cumulative">rho of the study so far for its own unit, this attempt included.</param>
    public MaskedInputHeader Sign(RoundSession session, ReadOnlySpan<byte> packed, Rho cumulative)
    {
        var plan = session.Study.Mechanism;
        var statement = new SpendStatement(
            new Sha256Digest(session.Round.StudyHash.Span),
            checked((int)session.Round.Round),
            checked((int)session.Round.Attempt),
            clientId,
            new Sha256Digest(session.Start.ModelHash.Span),
            session.Cost.Rho.Units,
            cumulative.Units,
            plan.LocalVariance,
            plan.NormBoundSquared,
            plan.HonestShares,
            DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()));
        return new MaskedInputHeader
        {
            Round = session.Round,
            Spend = ByteString.CopyFrom(statement.ToCanonicalJson()),
            SpendSignature = ByteString.CopyFrom(statement.Sign(identity)),
            ContentHash = ByteString.CopyFrom(Sha256Digest.Of(packed).ToArray()),
        };
    }
}
