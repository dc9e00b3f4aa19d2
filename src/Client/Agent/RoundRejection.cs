namespace FedMeta.Client.Agent;

/// <summary>A refusal with its explanation for the operator.</summary>
/// <param name="Refusal">One of the closed list.</param>
/// <param name="Detail">In words; never data.</param>
internal sealed record RoundRejection(RoundRefusal Refusal, string Detail)
{
    /// <summary>What this hospital's own screen says in place of the detail: more than a server should hear.</summary>
    public string? Here { get; init; }

    /// <summary>The word that travels: <c>not-approved</c>.</summary>
    public string Word => string.Concat(Refusal.ToString().Select((c, i) =>
        char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
