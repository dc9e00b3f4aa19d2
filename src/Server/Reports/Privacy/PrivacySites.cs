using System.Numerics;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using static FedMeta.Server.Reports.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>The report's lines about single hospitals.</summary>
internal static class PrivacySites
{
    /// <summary>What a hospital decided, and whether its signature holds.</summary>
    public static DecisionLine Decision(StudyEntry study, StudyPlan plan, StudyMember member)
    {
        if (study.Decisions.GetValueOrDefault(member.Id) is not { } decision)
            return new DecisionLine(member.Id, member.Name, member.Fingerprint, "undecided", "", "", false, 0);
        return new DecisionLine(member.Id, member.Name, member.Fingerprint, decision.Approve ? "approved" : "refused",
            decision.Reason, PrivacyFigures.Time(DateTimeOffset.FromUnixTimeSeconds(decision.DecidedAt)),
            DecisionCheck.IsSigned(plan.Document, member, decision.Approve, decision.Reason, decision.DecidedAt,
                decision.Signature),
            decision.Origin.Record);
    }

    /// <summary>What a hospital took part in, and the cost that it states and signed itself.</summary>
    public static SiteLine Site(StudyEntry study, StudyMember member, double delta)
    {
        var inputs = study.Rounds.Where(r => r.Inputs.ContainsKey(member.Id)).Select(r => r.Inputs[member.Id]).ToList();
        var stated = inputs.Select(Cumulative).DefaultIfEmpty(BigInteger.Zero).Max();
        return new SiteLine(member.Id, member.Name,
            study.Rounds.Count(r => r.Outcome is RoundOutcome.Opened opened
                && opened.Included.Contains(member.Id)),
            inputs.Count, stated.ToString(System.Globalization.CultureInfo.InvariantCulture),
            PrivacyFigures.Epsilon(Rho.FromUnits(stated), delta), inputs.Sum(i => i.Bytes),
            inputs.Select(i => i.Origin.Record).DefaultIfEmpty().Max());
    }

    private static BigInteger Cumulative(InputEntry input) =>
        Base64Text.TryDecode(input.Spend, out var bytes) && SpendStatement.TryRead(bytes, out var spend)
            ? spend.Cumulative
            : BigInteger.Zero;
}
