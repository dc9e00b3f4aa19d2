using System.Globalization;
using FedMeta.Privacy;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>The words beside the claims. They claim nothing that the figures do not carry.</summary>
internal static class ClaimWords
{
    /// <summary>The short name in the JSON.</summary>
    public static string Name(AdversaryKind kind) => kind switch
    {
        AdversaryKind.Public => "public",
        AdversaryKind.Coordinator => "coordinator",
        AdversaryKind.Peer => "peer",
        AdversaryKind.AllOthers => "all-others",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Who it is.</summary>
    public static string Adversary(AdversaryKind kind, int colluders) => (kind, colluders) switch
    {
        (AdversaryKind.Public, _) => "the public: whoever is given the released models",
        (AdversaryKind.Peer, _) => "one other hospital on its own, which knows its own noise",
        (AdversaryKind.AllOthers, _) => "everyone else: the coordinator and all other hospitals together",
        (_, 0) => "the coordinator alone",
        (_, 1) => "the coordinator with any 1 other hospital",
        _ => string.Create(CultureInfo.InvariantCulture, $"the coordinator with any {colluders} other hospitals"),
    };

    /// <summary>What is asked of secure aggregation.</summary>
    public static string Trust(AggregationTrust trust) => trust switch
    {
        AggregationTrust.CoordinatorMayLie => "holds even if the coordinator breaks the protocol",
        AggregationTrust.CoordinatorKeepsToProtocol => "holds while the coordinator keeps to the protocol",
        AggregationTrust.NotNeeded => "asks nothing of secure aggregation: the hospital's own noise alone",
        _ => throw new ArgumentOutOfRangeException(nameof(trust)),
    };

    /// <summary>Why there is no claim about a unit.</summary>
    public static string NoClaim(PrivacyUnit unit, ContributionKind contribution) => (unit, contribution) switch
    {
        (PrivacyUnit.Task, ContributionKind.PatientGradient) =>
            "No claim: each vector is the gradient of one patient, and a task may hold any number of them.",
        (PrivacyUnit.Task, ContributionKind.TaskGradient) =>
            "No claim: tasks are cut anew in each round, so none is a group that stays together.",
        _ => "No claim: the contribution does not bound this unit.",
    };

    /// <summary>The rule for delta, with this study's numbers.</summary>
    public static string Rule(DeltaRule rule, double delta)
    {
        var least = ReportNumbers.Many(rule.PatientsAtLeast);
        var most = ReportNumbers.Many(DeltaRule.MostPatients(delta));
        return string.Create(CultureInfo.InvariantCulture,
            $"A patient claim needs delta at most 1/(10 N) for N patients. The study certainly has {least} patients, so claims above delta {ReportNumbers.Down(rule.LargestDelta)} are refused. No party knows N; delta {ReportNumbers.Delta(delta)} is small enough for at most {most} patients, which the hospitals have to confirm.");
    }

    /// <summary>How to read the table.</summary>
    public static IReadOnlyList<string> Notes(Computed computed)
    {
        var request = computed.Facts.Plan.Request;
        return
        [
            "All rows speak of the same released outputs. Claims about different units or adversaries stand side by side and are never added.",
            "Worst case: as if the fewest hospitals had survived every time. Realised: with those that did; it assumes that drop-outs do not depend on what was released before.",
            "Epsilon is what the proof gives for the discrete noise that was drawn, and what the budget enforces. The usual figure beside it is what other tools print; nothing rests on it.",
            string.Create(CultureInfo.InvariantCulture,
                $"More colluders than secure aggregation withstands have no row of their own: for them the last row counts. The budget assumes {request.Colluders}."),
            "A patient in k hospitals is protected less: such a patient's vectors enter k times, and rho grows with the square of k. Every patient claim assumes k = 1.",
        ];
    }
}
