using System.Security.Cryptography;
using System.Text;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Robust;

/// <summary>A hospital of the study.</summary>
internal sealed record RobustMember(string Id, ECDsa Identity, Batch<double> Train, Batch<double> Test) : IDisposable
{
    /// <summary>The member as the document lists it.</summary>
    public StudyMember Listed => new(Id, Id, Identity.ExportSubjectPublicKeyInfo());

    public void Dispose() => Identity.Dispose();

    /// <summary>A key that the label decides, so that the study's hash, and with it every draw of groups, is the same
    /// in every run. It protects nothing.</summary>
    public static ECDsa Key(string label)
    {
        var secret = SHA256.HashData(Encoding.UTF8.GetBytes(label));
        secret[0] &= 0x7F; // below the order of P-256
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
    }
}
