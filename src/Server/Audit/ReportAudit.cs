using System.Globalization;
using System.Text;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Server.Reports;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Audit;

/// <summary>
/// Computes privacy reports again as of the record that they were made at, and holds them to the digest that the
/// journal has of each: what floating point may round otherwise on another machine is still what left the coordinator,
/// to the byte.
/// </summary>
internal sealed class ReportAudit(StudyPlans plans)
{
    private readonly List<(CoordinatorState State, JournalHead Head)> _states = [];
    private readonly List<(long Record, ReportMade Fact)> _made = [];
    private IReadOnlyList<(long Record, byte[] Content)>? _again;

    /// <summary>Values that were compared last.</summary>
    public int Compared { get; private set; }

    /// <summary>Takes the state after a record.</summary>
    public void Observe(JournalRecord record, CoordinatorState after, Fact fact)
    {
        _states.Add((after, new JournalHead(record.Sequence, record.Hash)));
        if (fact is ReportMade { Kind: "privacy", Format: "json" } made)
            _made.Add((record.Sequence, made));
    }

    /// <summary>What is wrong with a report, after the last record; null where it holds.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="report">Its bytes.</param>
    public AuditFinding? Finding(string file, byte[] report)
    {
        var digest = Sha256Digest.Of(report).ToString();
        var isOnRecord = _made.Any(m => m.Fact.Digest == digest);
        if (!isOnRecord && Nearest(report) is { } nearest)
            return new AuditFinding(nearest.Record, FirstOtherLine(nearest.Content, report), file);
        if (Read(report, out var problem) is not { } read)
            return new AuditFinding(0, problem, file);
        if (Right(read.Identity.LastRecord, read.Identity.StudyHash) is not { } right)
            return new AuditFinding(0, "it is not of this journal: its study or its last record is not here", file);
        using var ours = JsonDocument.Parse(right);
        using var theirs = JsonDocument.Parse(report);
        var comparison = new FigureComparison();
        var difference = comparison.FirstDifference(ours.RootElement, theirs.RootElement, "");
        Compared = comparison.Compared;
        if (difference is not null)
            return new AuditFinding(comparison.Record, difference, file);
        return isOnRecord ? null : new AuditFinding(0, FirstOtherLine(right, report), file);
    }

    // Where this machine makes the recorded reports to the byte, the first byte that differs is the place. The newest
    // few are enough to find the one that was changed.
    private (long Record, byte[] Content)? Nearest(byte[] report)
    {
        _again ??= [.. _made.TakeLast(4).Select(m => (m.Record, Again(m.Record, m.Fact)))
            .Where(m => m.Item2.Length > 0)];
        return _again.Count == 0
            ? null
            : _again.MaxBy(m => ((ReadOnlySpan<byte>)m.Content).CommonPrefixLength(report));
    }

    // The bytes that the record tells of, or none where another machine rounds otherwise.
    private byte[] Again(long record, ReportMade made) =>
        Right(record - 1, made.Study) is { } bytes && Sha256Digest.Of(bytes).ToString() == made.Digest ? bytes : [];

    private byte[]? Right(long record, string hash)
    {
        if (record < 1 || record > _states.Count
            || !_states[(int)record - 1].State.Studies.TryGetValue(hash, out var study))
            return null;
        var (state, head) = _states[(int)record - 1];
        return ReportDesk.Bytes(PrivacyReportBuilder.Build(state, head, study, plans.Of(study)));
    }

    private static PrivacyReport? Read(byte[] report, out string problem)
    {
        problem = "it is no privacy report";
        try
        {
            return JsonSerializer.Deserialize(report, ReportJson.Default.PrivacyReport);
        }
        catch (JsonException fault)
        {
            problem = string.Create(CultureInfo.InvariantCulture,
                $"line {fault.LineNumber + 1} is not what a privacy report holds there: {fault.Path ?? "not JSON"}");
            return null;
        }
    }

    private static string FirstOtherLine(byte[] right, byte[] report)
    {
        var same = ((ReadOnlySpan<byte>)right).CommonPrefixLength(report);
        var line = report.AsSpan(0, same).Count((byte)'\n') + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {line} is not as it left the coordinator: "
            + $"it says {LineAt(report, same)}, and the journal gives {LineAt(right, same)}");
    }

    private static string LineAt(byte[] text, int at)
    {
        var start = text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var length = text.AsSpan(start).IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(text.AsSpan(start, length < 0 ? text.Length - start : length)).Trim();
        return PlainText.Show(line.Length <= 120 ? line : line[..120] + "...");
    }
}
