namespace FedMeta.Protocol;

/// <summary>
/// A hospital as the approved document names it. Its key is part of what every hospital signs: nobody who comes later,
/// with whatever certificate, is in a roster of this study.
/// </summary>
/// <param name="Id">Client id.</param>
/// <param name="Name">As people write it.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo of its P-256 identity key, DER, 91 bytes.</param>
public sealed record StudyMember(string Id, string Name, byte[] PublicKey)
{
    /// <summary>The key's six words.</summary>
    public string Fingerprint => KeyFingerprint.Of(PublicKey);
}
