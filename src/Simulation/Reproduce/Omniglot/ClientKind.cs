namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>Who holds the training drawings.</summary>
internal enum ClientKind
{
    /// <summary>One place holds all.</summary>
    Pooled,

    /// <summary>Each training alphabet is a client.</summary>
    Alphabets,

    /// <summary>Each group of drawers is a client. A drawer drew every character once, so one alone has no second
    /// drawing to be judged on.</summary>
    Drawers,
}
