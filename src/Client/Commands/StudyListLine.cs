namespace FedMeta.Client.Commands;

/// <summary>One study of <c>study list</c>.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Hash">Hash of its document.</param>
/// <param name="State">As the server says.</param>
/// <param name="Round">Completed rounds.</param>
/// <param name="Rounds">Rounds in all.</param>
/// <param name="Decision">This hospital's own: approved, refused, undecided, or changed where a document of that name
/// was decided on that is not this one.</param>
internal sealed record StudyListLine(
    string Name, string Hash, string State, uint Round, uint Rounds, string Decision);
