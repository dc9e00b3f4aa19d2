using System.Text;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Which code made an entry: a hash over the module version ids of the program's own parts. Builds are deterministic,
/// so the compiler derives each id from everything it compiled, and the same sources give the same hash again.
/// </summary>
internal static class ProgramBuild
{
    /// <summary>SHA-256 over one line a part, name and id.</summary>
    public static Sha256Digest Hash { get; } = Sha256Digest.Of(Encoding.UTF8.GetBytes(Lines()));

    private static string Lines()
    {
        Type[] parts =
            [typeof(ProgramBuild), typeof(LedgerEntry), typeof(MechanismPlan), typeof(RingVector), typeof(ModelSpec)];
        return string.Concat(parts.Select(part =>
            $"{part.Assembly.GetName().Name} {part.Assembly.ManifestModule.ModuleVersionId:D}\n"));
    }
}
