using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;

namespace FedMeta.Server.Commands;

/// <summary>What <c>fedmeta-sim audit-run -o</c> writes.</summary>
internal static class AuditFile
{
    private const string Schema = "fedmeta-audit-run-1";

    /// <summary>The findings, for the record of a study.</summary>
    /// <exception cref="FedMetaException">The file is not there, or not one of those.</exception>
    public static AuditFound Read(string path, string study)
    {
        try
        {
            using var json = JsonDocument.Parse(ConfigurationFile.ReadBytes(path));
            var root = json.RootElement;
            var settings = root.GetProperty("settings");
            if (root.GetProperty("schema").GetString() != Schema) throw NoAudit(path);
            return new AuditFound
            {
                Study = study,
                Code = ByteString.CopyFrom(Convert.FromHexString(root.GetProperty("code").GetString()!)),
                Canaries = settings.GetProperty("canaries").GetUInt32(),
                Guesses = settings.GetProperty("guesses").GetUInt32(),
                Correct = root.GetProperty("correct").GetUInt32(),
                Delta = settings.GetProperty("delta").GetDouble(),
                Level = settings.GetProperty("level").GetDouble(),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentNullException)
        {
            throw NoAudit(path);
        }
    }

    private static FedMetaException NoAudit(string path) => new(ExitCode.Usage,
        $"{path} does not hold the findings of an audit", "make one with 'fedmeta-sim audit-run -o FILE.json'");
}
