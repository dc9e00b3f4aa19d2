namespace FedMeta.Privacy;

/// <summary>Against whom a claim is made; each sees everything that the public sees.</summary>
public enum AdversaryKind
{
    /// <summary>Whoever is handed the released models and nothing else: no noise is known to it.</summary>
    Public,

    /// <summary>The coordinator, which opens the sums, with a number of clients that tell it their noise.</summary>
    Coordinator,

    /// <summary>One other client on its own: it sees the models and knows its own noise.</summary>
    Peer,

    /// <summary>The coordinator and every other client: nothing is left but the noise of the client itself, and nothing
    /// is asked of secure aggregation.</summary>
    AllOthers,
}
