using System.Text;
using FedMeta.Server.Reports;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Reports;

public sealed class PageTests
{
    [Fact]
    public void Whatever_comes_from_outside_is_escaped()
    {
        const string hostile = "<script>alert('x')</script>&\"";
        var html = Html.Of($"<p title=\"{hostile}\">{hostile}</p>").ToString();
        Assert.DoesNotContain("<script", html);
        Assert.Equal(2, html.Split("&lt;script&gt;").Length - 1);
        Assert.Equal("<p>1.5</p>", Html.Of($"<p>{1.5}</p>").ToString());
    }

    [Fact]
    public async Task The_pages_of_a_study_load_nothing_run_nothing_and_promise_nothing()
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"<b>Hospital</b> {i}");
        federation.Propose(Drafts.Sound(rounds: 1));
        foreach (var client in federation.Clients)
            Assert.True((await client.DecideAsync(federation.Plan)).Accepted);
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var desk = federation.Host.Services.GetRequiredService<ReportDesk>();
        foreach (var kind in (string[])["privacy", "participation", "study"])
        {
            var page = Encoding.UTF8.GetString(desk.Make(federation.Study, kind, "html")!);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<b>Hospital", page);
            Assert.DoesNotContain("http://", page);
            Assert.DoesNotContain("https://", page);
            Assert.DoesNotContain("anonym", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("NaN", page);
            Assert.StartsWith("<!doctype html>", page);
            Assert.EndsWith("</body></html>", page.TrimEnd());
        }

        var privacy = Encoding.UTF8.GetString(desk.Make(federation.Study, "privacy", "html")!);
        Assert.Contains("lang=\"ko\"", privacy);
        Assert.Contains("<svg", privacy);
        Assert.Contains("Within the approved budget", privacy);
        var study = Encoding.UTF8.GetString(desk.Make(federation.Study, "study", "html")!);
        foreach (var panel in (string[])["timeline", "privacy", "convergence", "participation", "sites", "activity"])
            Assert.Contains($"<section id=\"{panel}\">", study);
        Assert.Contains("not visible by design", study);
        Assert.Null(desk.Make(federation.Study, "privacy", "pdf"));
    }

    [Fact]
    public async Task A_lowered_floor_is_said_openly()
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        var draft = Encoding.UTF8.GetString(Drafts.Sound(extra: "min_honest_inputs = 2"));
        federation.Propose(Encoding.UTF8.GetBytes(draft));
        var page = Encoding.UTF8.GetString(federation.Host.Services.GetRequiredService<ReportDesk>()
            .Make(federation.Study, "privacy", "html")!);
        Assert.Contains("lowered the floor", page);
    }
}
