using System.Net;
using FedMeta.Server.Reports;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.State;
using Microsoft.AspNetCore.Http;

namespace FedMeta.Server.Dashboard;

/// <summary>
/// The read-only status pages on loopback: the same page that `report study` writes, reloading itself. No script, no
/// form,
/// no cookie; a request for another host name (DNS rebinding) or with another method is refused.
/// </summary>
internal sealed class StatusPages(FactJournal journal, ReportDesk reports)
{
    private const int RefreshSeconds = 3;

    /// <summary>Answers one request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var response = context.Response;
        if (!IsLocal(context.Request.Host.Host) || !HttpMethods.IsGet(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var path = context.Request.Path.Value ?? "/";
        var page = path == "/" ? List() : StudyPage(path);
        if (page is not { } html)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Page.ContentSecurityPolicy + "; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(html.ToString(), context.RequestAborted).ConfigureAwait(false);
    }

    private Html? StudyPage(string path) => path.StartsWith("/study/", StringComparison.Ordinal)
        && journal.State.FindStudy(path["/study/".Length..]) is { } study
            ? reports.StudyPage(study, RefreshSeconds)
            : null;

    private Html List()
    {
        var state = journal.State;
        var studies = state.Studies.Values.OrderByDescending(s => s.Proposed.Record).Select(s => new[]
        {
            Html.Of($"<a href=\"/study/{s.Hash}\">{s.Name}</a>{Page.Record(s.Proposed.Record)}"),
            Page.Text(PrivacyFigures.StateName(s.Standing)),
            Html.Of($"{s.CompletedRounds}"),
        });
        var clients = state.Clients.Values.Select(c => new[]
        {
            Html.Of($"{c.Name} <span class=\"soft\">{c.Id}</span>{Page.Record(c.Since.Record)}"),
            Page.Text(c.Standing.ToString().ToLowerInvariant()),
            Page.Text(c.Version),
        });
        return Page.Render("FedMeta", Html.Of($"""
            <header><h1>FedMeta coordinator {state.Server?.Host}</h1><p class="soft">journal record {state.Last.Record}</p></header>
            {Page.Panel("studies", "Studies", state.Studies.Count == 0 ? Html.Of($"<p class=\"empty\">None yet: fedmeta study new FILE, then fedmeta study propose FILE.</p>") : Page.Table(["Study", "State", "Rounds completed"], studies))}
            {Page.Panel("clients", "Hospitals", state.Clients.Count == 0 ? Html.Of($"<p class=\"empty\">None yet: fedmeta client invite NAME.</p>") : Page.Table(["Hospital", "State", "Version"], clients))}
            """), RefreshSeconds);
    }

    private static bool IsLocal(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
