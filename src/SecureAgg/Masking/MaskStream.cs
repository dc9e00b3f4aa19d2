namespace FedMeta.SecureAgg;

/// <summary>The key of one mask.</summary>
internal static class MaskStream
{
    public const int KeyLength = MaskKernel.KeyLength;
}
