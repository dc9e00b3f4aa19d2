using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 11.</summary>
internal static class SignaturesPart
{
    /// <summary>Who signed what.</summary>
    public static Html Render(PrivacyReport report)
    {
        var s = report.Signatures;
        return Page.Panel("signatures", "11 Signatures", Html.Of($"""
            {Checkpoint(s.Checkpoint)}
            <p>{s.LedgerEntries} signed ledger entries and {s.Receipts} signatures under lists of survivors are on record; <code>fedmeta audit verify</code> checks each of them against the keys in the document.</p>
            {Page.Table(["Hospital", "Decision", "When", "Key", "Signature"], s.Decisions.Select(Decision), "Decisions about the document")}
            """));
    }

    private static Html Checkpoint(SignaturesSection.CheckpointPart? checkpoint) => checkpoint is null
        ? Html.Of($"<p>No checkpoint of the ledger is on record yet.</p>")
        : Html.Of($"<p>Newest checkpoint of the ledger: <code>{checkpoint.Origin}</code>, {checkpoint.Size} records, root <code>{checkpoint.Root}</code>{Page.Record(checkpoint.Record)}. Co-signed by {(checkpoint.CoSigners.Count == 0 ? "nobody yet" : string.Join(", ", checkpoint.CoSigners))}.</p>");

    private static Html[] Decision(SignaturesSection.Decision d) =>
    [
        Page.Text(d.Name),
        Html.Of($"{d.Answer}{(d.Reason.Length > 0 ? Html.Of($": {d.Reason}") : Html.Empty)}{Page.Record(d.Record)}"),
        Page.Text(d.DecidedAt), Page.Text(d.Fingerprint),
        Page.Text(d.Record == 0 ? "" : d.SignatureValid ? "✔ valid" : "✘ INVALID"),
    ];
}
