namespace FedMeta.Client.Ledger;

/// <summary>
/// With whom this hospital was summed, signed by the others: on disk before the one answer that opens the sum leaves.
/// With the approved document and the announcement's facts below anyone can check it without a server.
/// </summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Model">Hash of the model that the round started from.</param>
/// <param name="RotationSeed">The round's public seed, base64 of 32 bytes.</param>
/// <param name="Expiry">When the round was void, Unix seconds.</param>
/// <param name="RosterHash">Hash of the roster, hexadecimal.</param>
/// <param name="Included">Whose inputs are in the sum, ascending.</param>
/// <param name="Signatures">Signatures over exactly this list, base64, by client id.</param>
internal sealed record ReceiptKept(
    string Study,
    uint Round,
    uint Attempt,
    string Model,
    string RotationSeed,
    long Expiry,
    string RosterHash,
    IReadOnlyList<string> Included,
    IReadOnlyDictionary<string, string> Signatures);
