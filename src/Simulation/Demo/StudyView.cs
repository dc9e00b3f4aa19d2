using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace FedMeta.Simulation.Demo;

/// <summary>What <c>fedmeta study watch --json</c> said last.</summary>
internal sealed record StudyView(
    string State, int Round, int Rounds, int Attempt, int Completed, string Phase, string WaitingFor,
    double EpsilonSpent, double EpsilonTotal, double Delta, long? SecondsLeft,
    IReadOnlyList<(string Name, string State)> Sites, IReadOnlyList<string> Events)
{
    public bool HasEnded => State is "completed" or "partial" or "stopped";

    /// <summary>Reads one line; false for a line that is no snapshot.</summary>
    public static bool TryRead(string line, [NotNullWhen(true)] out StudyView? view)
    {
        view = null;
        if (!line.StartsWith('{')) return false;
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (!root.TryGetProperty("completed", out _)) return false;
        // Protobuf's JSON writes 64-bit numbers as text.
        var left = long.Parse(root.GetProperty("seconds_left").ToString(), CultureInfo.InvariantCulture);
        view = new StudyView(
            root.GetProperty("state").GetString()!,
            root.GetProperty("round").GetInt32(),
            root.GetProperty("rounds").GetInt32(),
            root.GetProperty("attempt").GetInt32(),
            root.GetProperty("completed").GetInt32(),
            root.GetProperty("phase").GetString()!,
            root.GetProperty("waiting_for").GetString()!,
            root.GetProperty("epsilon_spent").GetDouble(),
            root.GetProperty("epsilon_total").GetDouble(),
            root.GetProperty("delta").GetDouble(),
            left < 0 ? null : left,
            [.. root.GetProperty("sites").EnumerateArray()
                .Select(s => (s.GetProperty("name").GetString()!, s.GetProperty("state").GetString()!))],
            [.. root.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("text").GetString()!)]);
        return true;
    }
}
