using System.CommandLine;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Hosting;
using FedMeta.Server.State;

namespace FedMeta.Server.Commands;

/// <summary>doctor: looks for what usually goes wrong, and says a fix for each.</summary>
internal static class DoctorCommand
{
    private const long LittleSpace = 1L << 30;

    /// <summary>The command.</summary>
    public static Command Leaf() => CommandLine.Leaf("doctor",
        "Check configuration, keys, journal, disk and the running coordinator.",
        "fedmeta doctor", [], RunAsync);

    private static async Task<ExitCode> RunAsync(CommandScope scope, CancellationToken cancel)
    {
        var worst = ExitCode.Ok;
        foreach (var (name, check) in Checks(scope, cancel))
        {
            ErrorReport? fault = null;
            var answer = "";
            try
            {
                answer = await check().ConfigureAwait(false);
            }
            catch (FedMetaException known)
            {
                fault = ErrorReport.From(known);
                worst = worst == ExitCode.Ok ? known.Code : worst;
            }

            Write(scope, name, answer, fault);
            if (fault?.Code == ExitCode.NotInitialised)
                break;
        }

        return worst;
    }

    private static IEnumerable<(string Name, Func<Task<string>> Check)> Checks(CommandScope scope,
        CancellationToken cancel)
    {
        var home = scope.Home;
        yield return ("home", () => Answer(() =>
        {
            home.RequireInitialised();
            return home.StateFolder;
        }));
        yield return ("server.toml", () => Answer(() => ServerConfiguration.Load(home).PublicAddress.ToString()));
        yield return ("keys", () => Answer(() => Keys(home)));
        yield return ("journal", () => Answer(() =>
        {
            using var journal = FactJournal.OpenInitialised(home.Journal, scope.Time);
            return $"{journal.State.Last.Record} records, all right";
        }));
        yield return ("disk", () => Answer(() => Space(home)));
        yield return ("coordinator", async () =>
        {
            var reply = await OperatorConnection.AskAsync(scope, c => c.ListClientsAsync(new ListClientsRequest(),
                cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
            return $"answers; {reply.Clients.Count} hospitals";
        }
        );
    }

    private static string Keys(ServerHome home)
    {
        using var server = Identity.Load(home.ServerKey);
        using var person = Identity.Load(home.OperatorKey);
        if (server.Pin != home.ServerPin())
            throw new FedMetaException(ExitCode.Configuration,
                "the server's key and certificate do not belong together", "restore both from one backup");
        return home.HasAuthorityKey ? "right; the authority's key is here"
            : "right; the authority's key is kept elsewhere";
    }

    private static string Space(ServerHome home)
    {
        var free = new DriveInfo(home.StateFolder).AvailableFreeSpace;
        return free >= LittleSpace
            ? $"{free >> 30} GiB free"
            : throw new FedMetaException(ExitCode.DiskFull,
                $"{free >> 20} MiB are left on the disk of {home.StateFolder}", "free at least 1 GiB");
    }

    private static Task<string> Answer(Func<string> check) => Task.FromResult(check());

    private static void Write(CommandScope scope, string name, string answer, ErrorReport? fault)
    {
        if (!scope.Json)
        {
            scope.Out.WriteLine(fault is null ? $"ok    {name}: {answer}"
                : $"FAIL  {name}: {fault.What}\n      hint: {fault.Hint} (code {(int)fault.Code} {fault.Code.Name()})");
            return;
        }

        string Quote(string text) => JsonSerializer.Serialize(text, TextJson.Default.String);
        scope.Out.WriteLine($"{{\"check\":{Quote(name)},\"ok\":{(fault is null ? "true" : "false")},\"text\":{Quote(fault?.What ?? answer)},\"hint\":{Quote(fault?.Hint ?? "")},\"code\":{(int)(fault?.Code ?? ExitCode.Ok)}}}");
    }
}
