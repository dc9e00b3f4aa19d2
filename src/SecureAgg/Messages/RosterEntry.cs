namespace FedMeta.SecureAgg;

/// <summary>One client of a roster with what it advertised.</summary>
/// <param name="ClientId">The member's id.</param>
/// <param name="Keys">Its advertisement, unchanged.</param>
public sealed record RosterEntry(string ClientId, AdvertiseKeysMessage Keys);
