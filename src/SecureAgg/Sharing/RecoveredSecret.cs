namespace FedMeta.SecureAgg;

/// <summary>A secret that was proved right, and the places whose shares do not lie on its polynomials.</summary>
internal sealed record RecoveredSecret(byte[] Secret, IReadOnlySet<int> WrongPlaces)
{
    public override string ToString() => "(secret)";
}
