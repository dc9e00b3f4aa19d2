namespace FedMeta.Server.State.Facts;

/// <summary>A share of <c>Dealer</c>'s secret that <c>Holder</c> opened wrongly or not at all; at least one of the two
/// is at fault. <c>Kind</c> is missing, wrong or disputed.</summary>
internal sealed record ConflictOnRecord(string Dealer, string Holder, string Kind);
