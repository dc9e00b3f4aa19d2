using FedMeta.Protocol;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Rounds;

/// <summary>Whether a spend statement is what one attempt at a round of a study costs, signed by its member.</summary>
internal static class SpendCheck
{
    /// <summary>What is wrong with it, in words, or null.</summary>
    public static string? Problem(StudyPlan plan, int round, int attempt, string model, string client,
        ReadOnlySpan<byte> spend,
        ReadOnlySpan<byte> signature)
    {
        if (!SpendStatement.TryRead(spend, out var statement))
            return "it is not a spend statement in canonical form";
        if (!plan.Document.TryGetMember(client, out var member))
            return "its sender is not a member";
        if (!statement.Verify(member.PublicKey, signature))
            return "it is not signed with the member's key";
        if (statement.ClientId != client || statement.Study != plan.Document.Hash || statement.Round != round
            || statement.Attempt != attempt || statement.Model.ToString() != model)
            return "it speaks of another client, study, round, attempt or model";
        // More noise than the plan asks for is the hospital's right; less of it, or a smaller cost, is not this round.
        var m = plan.Mechanism;
        var isRight = statement.Rho == m.PerRound.Units && statement.LocalVariance >= m.LocalVariance
            && statement.NormBoundSquared <= m.NormBoundSquared && statement.HonestMinimum == m.HonestShares;
        return isRight ? null : "its cost, noise or bound is not that of the study";
    }
}
