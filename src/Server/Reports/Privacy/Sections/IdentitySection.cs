namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>Which study, which journal, which code, which time.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="StudyHash">SHA-256 of the signed document, hex.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="State">proposed, running, paused, completed, partial or stopped.</param>
/// <param name="Hospitals">Members of the document.</param>
/// <param name="Coordinator">Host name of the coordinator.</param>
/// <param name="Ledger">Origin of the ledger, as its checkpoints name it.</param>
/// <param name="SoftwareVersion">Of the coordinator.</param>
/// <param name="CodeHashes">Builds that hospitals stated in their ledger entries; empty before the first.</param>
/// <param name="InitialModel">SHA-256 of the model before the first round, hex.</param>
/// <param name="Model">Of the newest model, hex; empty before the first.</param>
/// <param name="From">When the study was proposed.</param>
/// <param name="To">When it ended, or the time of the last record.</param>
/// <param name="ProposedRecord">The record of the proposal.</param>
/// <param name="LastRecord">The report is computed from records 1 to this.</param>
/// <param name="LastHash">Chain hash of that record, hex.</param>
internal sealed record IdentitySection(string Study, string StudyHash, string Purpose, string State, int Hospitals,
    string Coordinator, string Ledger, string SoftwareVersion, IReadOnlyList<string> CodeHashes, string InitialModel,
    string Model, string From, string To, long ProposedRecord, long LastRecord, string LastHash);
