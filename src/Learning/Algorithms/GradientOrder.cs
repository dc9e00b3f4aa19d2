namespace FedMeta.Learning;

/// <summary>Whether a meta-gradient looks through the inner steps.</summary>
public enum GradientOrder
{
    /// <summary>The query gradient where the inner loop ended (FOMAML).</summary>
    First,

    /// <summary>The exact derivative, with one Hessian-vector product per inner step.</summary>
    Second,
}
