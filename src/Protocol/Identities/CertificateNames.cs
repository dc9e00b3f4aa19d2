using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// The subject of a certificate: <c>CN=name, OU=role, O=FedMeta</c>. The role stands there and in the key usage.
/// </summary>
internal static class CertificateNames
{
    private const string Organization = "FedMeta";
    private const string OrganizationOid = "2.5.4.10", UnitOid = "2.5.4.11", NameOid = "2.5.4.3";
    private const int MaxName = 64;

    public static X500DistinguishedName Build(string name, string unit)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl))
            throw new ArgumentException($"a certificate's name has 1 to {MaxName} characters", nameof(name));
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName(Organization);
        subject.AddOrganizationalUnitName(unit);
        subject.AddCommonName(name);
        return subject.Build();
    }

    public static string Of(CertificateRole role) => role switch
    {
        CertificateRole.Client => "client",
        CertificateRole.Operator => "operator",
        CertificateRole.Server => "server",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    // RFC 5280 section 4.2.1.12: serverAuth, clientAuth.
    public static Oid UsageOf(CertificateRole role) =>
        new(role == CertificateRole.Server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2");

    public static bool HasUsage(X509Certificate2 certificate, CertificateRole role) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SingleOrDefault() is { } usage
        && usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == UsageOf(role).Value);

    public static (CertificateRole Role, string Name)? Read(X500DistinguishedName subject)
    {
        string? organization = null, unit = null, name = null;
        foreach (var part in subject.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements) return null;
            var value = part.GetSingleElementValue();
            switch (part.GetSingleElementType().Value)
            {
                case OrganizationOid when organization is null: organization = value; break;
                case UnitOid when unit is null: unit = value; break;
                case NameOid when name is null: name = value; break;
                default: return null;
            }
        }

        if (organization != Organization || name is null) return null;
        foreach (var role in Enum.GetValues<CertificateRole>())
        {
            if (Of(role) == unit) return (role, name);
        }

        return null;
    }
}
