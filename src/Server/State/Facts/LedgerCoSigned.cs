namespace FedMeta.Server.State.Facts;

/// <summary>A hospital checked the checkpoint of <c>Size</c> records against all that it knows and signed it.
/// <c>Line</c> is its signature line under the note (C2SP), by its identity key.</summary>
internal sealed record LedgerCoSigned(string Client, long Size, string Line) : Fact;
