using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FedMeta.Server.Operator;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Participation;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.Reports.Privacy.Rendering;
using FedMeta.Server.Reports.Study;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using Google.Protobuf;

namespace FedMeta.Server.Reports;

/// <summary>Makes reports from the journal's newest state and puts on record which left.</summary>
internal sealed class ReportDesk(FactJournal journal, StudyPlans plans, StudySnapshots snapshots, TimeProvider time)
{
    private static readonly JsonFormatter Snapshots = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <summary>The report's bytes, or null if there is no such kind or format.</summary>
    public byte[]? Make(StudyEntry study, string kind, string format)
    {
        var text = (kind, format) switch
        {
            ("privacy", "json") => Encoding.UTF8.GetString(Bytes(Privacy(study))),
            ("privacy", "html") => PrivacyPage.Render(Privacy(study)).ToString(),
            ("participation", "json") => JsonSerializer.Serialize(Participation(study),
                ReportJson.Default.ParticipationReport) + "\n",
            ("participation", "html") => ParticipationPage.Render(Participation(study)).ToString(),
            ("study", "json") => Snapshots.Format(snapshots.Take(study.Hash, 0)) + "\n",
            ("study", "html") => StudyPage(study, refresh: null).ToString(),
            _ => null,
        };
        if (text is null)
            return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        journal.Record(FactJournal.OperatorActor,
            new ReportMade(study.Hash, kind, format, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return bytes;
    }

    /// <summary>A privacy report as it leaves, to the byte: an auditor who computes it again makes the same.</summary>
    public static byte[] Bytes(PrivacyReport report) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.PrivacyReport), (byte)'\n'];

    /// <summary>The dashboard page.</summary>
    public Html StudyPage(StudyEntry study, int? refresh) => new StudyPage(journal.State, study,
        snapshots.Take(study.Hash, 0),
        PrivacyReportBuilder.Budget(study, plans.Of(study)), Participation(study), time.GetUtcNow()).Render(refresh);

    private PrivacyReport Privacy(StudyEntry study)
    {
        var (state, head) = journal.Snapshot;
        return PrivacyReportBuilder.Build(state, head, state.Studies[study.Hash], plans.Of(study));
    }

    private ParticipationReport Participation(StudyEntry study) =>
        ParticipationBuilder.Build(study, plans.Of(study).Members);
}
