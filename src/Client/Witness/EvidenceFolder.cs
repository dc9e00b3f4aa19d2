using System.Globalization;
using System.Text;
using System.Text.Json;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;

namespace FedMeta.Client.Witness;

/// <summary>
/// Evidence against a coordinator as files that can be handed on: both checkpoints as signed notes, and everything else
/// in one JSON file. The journal holds the same.
/// </summary>
internal sealed class EvidenceFolder(string path, TimeProvider time)
{
    /// <summary>Where the files lie.</summary>
    public string Path => path;

    /// <summary>Writes the files of one violation.</summary>
    /// <exception cref="FedMetaException">The disk does not take them; the journal has them all the same.</exception>
    public void Write(LedgerViolated violation)
    {
        PrivateFolder.Create(path);
        var at = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        if (violation.Known.Length > 0) Write($"{at}-known.checkpoint", violation.Known);
        Write($"{at}-shown.checkpoint", violation.Shown);
        Write($"{at}-evidence.json", JsonSerializer.Serialize(violation, FactShapes.Default.LedgerViolated) + "\n");
    }

    private void Write(string name, string text) =>
        DurableFile.Write(System.IO.Path.Combine(path, name), Encoding.UTF8.GetBytes(text));
}
