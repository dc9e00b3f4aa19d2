namespace FedMeta.Protocol;

/// <summary>Names a coordinator's ledger. The name holds the pin of the coordinator's key, so a checkpoint of another
/// key is of another ledger.</summary>
public static class LedgerOrigin
{
    /// <summary>The origin of its checkpoints and the name of its key under them: <c>fedmeta/PIN/journal</c>.</summary>
    /// <param name="serverKey">The pin that every invite carries.</param>
    public static string Of(KeyPin serverKey) => $"fedmeta/{serverKey}/journal";

    /// <summary>The pin in an origin; false for any other text.</summary>
    public static bool TryRead(string origin, out KeyPin serverKey)
    {
        ArgumentNullException.ThrowIfNull(origin);
        serverKey = default;
        return origin.Split('/') is ["fedmeta", var pin, "journal"] && KeyPin.TryParse(pin, out serverKey);
    }
}
