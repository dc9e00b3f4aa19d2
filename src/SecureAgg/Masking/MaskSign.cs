namespace FedMeta.SecureAgg;

/// <summary>Whether a mask goes onto the vector or comes off it.</summary>
internal enum MaskSign
{
    Add,
    Subtract,
}
