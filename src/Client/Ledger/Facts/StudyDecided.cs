namespace FedMeta.Client.Ledger;

/// <summary>The hospital's decision about one document, to the byte.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Name">The study's name, for people.</param>
/// <param name="Approve">Approved or refused.</param>
/// <param name="Reason">As given with a refusal; empty otherwise.</param>
/// <param name="By">Who decided, as the policy's list of approvers names them; empty where it names none.</param>
/// <param name="DecidedAt">Unix seconds, UTC.</param>
/// <param name="Signature">Base64, over the decision's canonical text.</param>
/// <param name="Document">The canonical document itself.</param>
internal sealed record StudyDecided(
    string Study, string Name, bool Approve, string Reason, string By, long DecidedAt, string Signature,
        string Document);
