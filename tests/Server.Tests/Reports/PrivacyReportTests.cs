using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FedMeta.SecureAgg;
using FedMeta.Server.Reports;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.Tests.Harness;
using FedMeta.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Reports;

public sealed class PrivacyReportTests
{
    private static readonly string[] Sections =
    [
        "schema", "summary", "identity", "claims", "budget", "mechanism", "participation", "releases", "deviations",
        "empirical_audit", "meaning", "limits", "signatures", "document",
    ];

    [Fact]
    public async Task A_report_keeps_to_the_published_schema_and_the_schema_to_the_report()
    {
        await using var federation = await OneRoundAsync();
        using var report = JsonDocument.Parse(Made(federation, "json"));
        using var schema = JsonDocument.Parse(File.ReadAllText(CheckoutFolder.At(
            "docs/reference/privacy-report.schema.json")));
        var check = new SchemaCheck(schema.RootElement);
        Assert.Empty(check.Problems(report.RootElement));
        Assert.Equal(Sections, report.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(PrivacyReport.CurrentSchema, schema.RootElement.GetProperty("properties").GetProperty("schema")
            .GetProperty("const").GetString());

        // A member more or less anywhere, or a value of another kind, is noticed.
        var paths = Objects(JsonNode.Parse(report.RootElement.GetRawText())!).Select(n => n.GetPath()).ToList();
        Assert.True(paths.Count > 100);
        foreach (var path in paths.Where((_, i) => i % 7 == 0 || i < 40))
        {
            Assert.NotEmpty(Changed(report, check, path, node => node["unheard_of"] = 1));
            Assert.NotEmpty(Changed(report, check, path, node => node.Remove(node.First().Key)));
            Assert.NotEmpty(Changed(report, check, path, node =>
                node[node.First().Key] = new JsonArray(new JsonArray())));
        }
    }

    [Fact]
    public async Task An_epsilon_whose_power_no_double_holds_is_reported_without_a_factor()
    {
        var draft = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Drafts.Sound(rounds: 1))
            .Replace("epsilon = 3.0", "epsilon = 1000.0", StringComparison.Ordinal));
        await using var federation = await Federation.WithStudyAsync(draft);
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);

        using var report = JsonDocument.Parse(Made(federation, "json"));
        using var schema = JsonDocument.Parse(File.ReadAllText(CheckoutFolder.At(
            "docs/reference/privacy-report.schema.json")));
        Assert.Empty(new SchemaCheck(schema.RootElement).Problems(report.RootElement));
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("meaning").GetProperty("odds_factor").ValueKind);
        Assert.Contains("gives no reassuring bound", Made(federation, "html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_the_summary_first_and_then_the_eleven_sections_in_their_order()
    {
        await using var federation = await OneRoundAsync();
        var page = Made(federation, "html");
        string[] anchors =
        [
            "summary-en", "summary-ko", "identity", "claims", "budget", "mechanism", "participation", "releases",
            "deviations", "audit", "meaning", "limits", "signatures", "document",
        ];
        var places = anchors.Select(a => page.IndexOf($"id=\"{a}\"", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        for (var section = 1; section <= 11; section++)
            Assert.Contains($"<h2>{section} ", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"ko\"", page, StringComparison.Ordinal);

        // Each picture has words, and each table's columns are named.
        Assert.Equal(Count(page, "<svg"), Count(page, "role=\"img\" aria-label="));
        Assert.Equal(Count(page, "<thead>"), Count(page, "<table>"));
        Assert.DoesNotContain("<td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("granted: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_anywhere_promises_that_nobody_can_be_recognised()
    {
        await using var federation = await OneRoundAsync();
        var texts = new List<string>
        {
            Made(federation, "json"), Made(federation, "html"),
            Encoding.UTF8.GetString(federation.Host.Services.GetRequiredService<ReportDesk>()
                .Make(federation.Study, "study", "html")!),
        };
        foreach (var folder in (string[])["src/Server/Reports", "src/Privacy/Reporting"])
            texts.AddRange(Directory.GetFiles(CheckoutFolder.At(folder), "*.*", SearchOption.AllDirectories)
                .Select(File.ReadAllText));
        texts.Add(File.ReadAllText(CheckoutFolder.At("docs/reference/privacy-report.schema.json")));
        texts.Add(File.ReadAllText(CheckoutFolder.At("docs/privacy-report.md")));
        Assert.True(texts.Count > 40);
        foreach (var text in texts)
        {
            Assert.DoesNotContain("anonym", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("익명", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_hospital_that_dropped_out_stands_in_the_grid_and_the_realised_claim_counts_who_stayed()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        var gone = federation.Clients[5];
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i),
            new Dictionary<string, AggregationPhase> { [gone.Id] = AggregationPhase.ShareKeys })).End.Completed);
        var report = Report(federation);
        var marks = report.Participation.Sites.ToDictionary(s => s.Client, s => Assert.Single(s.Marks).Name);
        Assert.Equal("dropped", marks[gone.Id]);
        Assert.Equal(5, marks.Values.Count(m => m == "included"));
        var row = report.Claims.Units[0].Adversaries.First(a => a is { Adversary: "coordinator", Colluders: 0 });
        Assert.Equal((5, 4), (row.Realised.LeastShares, row.WorstCase.LeastShares));
        Assert.True(report.Claims.Headline.EpsilonSpent > row.Realised.Epsilons[0].Epsilon);
        Assert.Equal(5, report.Participation.FewestSurvivors);
        Assert.Single(report.Identity.CodeHashes);
        Assert.Single(report.Mechanism.StatedSamplers);
        Assert.StartsWith("fedmeta/", report.Identity.Ledger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_has_not_begun_has_a_report_without_figures_that_it_cannot_have()
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        federation.Propose(Drafts.Sound());
        var report = Report(federation);
        Assert.Equal(0, report.Claims.Headline.EpsilonSpent);
        Assert.Null(report.Budget.Tightest);
        Assert.Null(report.Mechanism.NoiseMultiplierRealised);
        Assert.Null(report.Participation.FewestSurvivors);
        Assert.All(report.Signatures.Decisions, d => Assert.Equal("undecided", d.Answer));
        Assert.Equal("not-run", report.EmpiricalAudit.Status);
        Assert.Contains("nothing yet", Made(federation, "html"), StringComparison.Ordinal);
    }

    private static async Task<Federation> OneRoundAsync()
    {
        var federation = await Federation.WithStudyAsync(Drafts.Sound());
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        return federation;
    }

    private static string Made(Federation federation, string format) => Encoding.UTF8.GetString(
        federation.Host.Services.GetRequiredService<ReportDesk>().Make(federation.Study, "privacy", format)!);

    private static PrivacyReport Report(Federation federation) =>
        JsonSerializer.Deserialize(Made(federation, "json"), ReportJson.Default.PrivacyReport)!;

    private static IReadOnlyList<string> Changed(JsonDocument report, SchemaCheck check, string path,
        Action<JsonObject> change)
    {
        var copy = JsonNode.Parse(report.RootElement.GetRawText())!;
        change(Objects(copy).First(n => n.GetPath() == path));
        using var changed = JsonDocument.Parse(copy.ToJsonString());
        return check.Problems(changed.RootElement);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Objects(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
