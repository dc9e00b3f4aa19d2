namespace FedMeta.Server.State.Facts;

/// <summary>
/// A client announced a masked input of <c>Bytes</c> bytes. It is recorded before the first of them is accepted,
/// because the
/// client has charged its budget by then: what was spent stands in the journal even if the upload never ends.
/// <c>Spend</c> is the client's own ledger entry, Base64 of the exact bytes that <c>SpendSignature</c> covers.
/// </summary>
internal sealed record RoundInput(string Study, int Round, int Attempt, string Client, string Spend,
    string SpendSignature,
    long Bytes) : Fact;
