namespace FedMeta.Learning;

/// <summary>The keys of a study's [meta] table that some algorithms use and others do not.</summary>
[Flags]
public enum AlgorithmKeys
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>inner_steps.</summary>
    Steps = 1,

    /// <summary>proximal.</summary>
    Proximal = 2,

    /// <summary>local_rate.</summary>
    LocalRate = 4,

    /// <summary>batch.</summary>
    Batch = 8,

    /// <summary>inner_rate.</summary>
    Rate = 16,
}
