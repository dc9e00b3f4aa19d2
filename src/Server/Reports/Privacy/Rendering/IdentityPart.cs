using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 1.</summary>
internal static class IdentityPart
{
    /// <summary>Which study, which journal, which code, which time.</summary>
    public static Html Render(PrivacyReport report)
    {
        var i = report.Identity;
        return Page.Panel("identity", "1 Identity", Html.Of($"""
            <dl><dt>Study</dt><dd>{i.Study}: {i.Purpose}</dd><dt>Document</dt><dd>SHA-256 <code>{i.StudyHash}</code>{Page.Record(i.ProposedRecord)}</dd>
            <dt>Hospitals</dt><dd>{i.Hospitals}</dd><dt>Time</dt><dd>{i.From} to {i.To}</dd>
            <dt>Models</dt><dd>initial <code>{i.InitialModel}</code><br>newest <code>{(i.Model.Length > 0 ? i.Model : "none yet")}</code></dd>
            <dt>Ledger</dt><dd>{i.Ledger}; computed from its records 1 to {i.LastRecord}, chain hash <code>{i.LastHash}</code></dd>
            <dt>Software</dt><dd>coordinator {i.Coordinator}, FedMeta {i.SoftwareVersion}; builds that hospitals stated: {(i.CodeHashes.Count == 0 ? Html.Of($"none on record") : Html.Concat(i.CodeHashes.Select(c => Html.Of($"<code>{c}</code> "))))}</dd></dl>
            """));
    }
}
