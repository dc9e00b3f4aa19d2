namespace FedMeta.Client.Ledger;

/// <summary>An own spend statement that the coordinator's journal has to hold.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Statement">Its canonical text.</param>
/// <param name="Signature">Base64, the identity key over it.</param>
internal sealed record OwnSpend(string Study, uint Round, uint Attempt, string Statement, string Signature)
{
    /// <summary>Whether it is on record here that the coordinator took it: then it must stand in its journal. What was
    /// lost on the way need not.</summary>
    public bool WasTaken { get; init; }

    /// <summary>Whether it is of that attempt.</summary>
    public bool Is(string study, uint round, uint attempt) =>
        Study == study && Round == round && Attempt == attempt;
}
