namespace FedMeta.Server.State;

/// <summary>Who is in a sum and who signed for it; hashes are hex, signatures Base64.</summary>
internal sealed record SurvivorsEntry(Origin Origin, string RosterHash, IReadOnlyList<string> Clients,
    IReadOnlyDictionary<string, string> Signatures);
