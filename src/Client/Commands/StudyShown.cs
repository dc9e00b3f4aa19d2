using FedMeta.Client.Studies;

namespace FedMeta.Client.Commands;

/// <summary>What <c>study show --json</c> writes.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Hash">Hash of its document.</param>
/// <param name="Document">The canonical text, all of it.</param>
/// <param name="Forecast">What it will cost this hospital.</param>
/// <param name="Objections">Every reason against approving it here.</param>
/// <param name="Warnings">What to know about this hospital's data.</param>
internal sealed record StudyShown(
    string Name,
    string Hash,
    string Document,
    StudyForecast? Forecast,
    IReadOnlyList<StudyObjection> Objections,
    IReadOnlyList<string> Warnings);
