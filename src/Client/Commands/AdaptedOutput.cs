namespace FedMeta.Client.Commands;

/// <summary>What <c>adapt --json</c> writes.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="MetaModel">Hash of the meta-model that was adapted.</param>
/// <param name="File">Where the adapted model was written.</param>
/// <param name="Choice">Which adaptation was chosen.</param>
/// <param name="Reason">Why.</param>
/// <param name="Patients">Own labelled patients that it rests on.</param>
/// <param name="KeptSteps">Gradient steps of the kept parameters.</param>
/// <param name="Warnings">What to look at before the model is used; empty: nothing.</param>
/// <param name="Candidates">Every candidate with its held-out loss.</param>
internal sealed record AdaptedOutput(
    string Study,
    string MetaModel,
    string File,
    string Choice,
    string Reason,
    int Patients,
    int KeptSteps,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<Learning.CandidateScore> Candidates);
