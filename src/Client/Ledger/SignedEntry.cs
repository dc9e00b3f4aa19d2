using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>A ledger entry of this hospital with its signature.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Canonical">Its canonical text, which is what was signed.</param>
/// <param name="Signature">64 bytes.</param>
internal sealed record SignedEntry(LedgerEntry Entry, byte[] Canonical, byte[] Signature)
{
    /// <summary>The text, as it stands in a record.</summary>
    public string Statement => Encoding.ASCII.GetString(Canonical);

    /// <summary>The signature, as it stands in a record.</summary>
    public string SignatureText => Convert.ToBase64String(Signature);
}
