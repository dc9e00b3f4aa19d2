namespace FedMeta.Client.Ledger;

/// <summary>A ledger entry that moves no budget: a grant, a release, a close.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Statement">The canonical ledger entry.</param>
/// <param name="Signature">Base64, the identity key over it.</param>
internal sealed record EntryWritten(string Study, string Statement, string Signature);
