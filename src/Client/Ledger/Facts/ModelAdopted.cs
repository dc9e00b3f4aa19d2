namespace FedMeta.Client.Ledger;

/// <summary>A meta-model that was fetched and whose hash was checked.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Model">SHA-256 of the file.</param>
/// <param name="Final">The study has ended with it.</param>
internal sealed record ModelAdopted(string Study, string Model, bool Final);
