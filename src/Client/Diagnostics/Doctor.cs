using System.Globalization;
using FedMeta.Client.Configuration;
using FedMeta.Client.Connection;
using FedMeta.Client.Data;
using FedMeta.Client.Enrolment;
using FedMeta.Client.Homes;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Client.Training;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;
using EnrolmentClient = FedMeta.Protocol.V1.Enrolment.EnrolmentClient;

namespace FedMeta.Client.Diagnostics;

/// <summary>
/// Looks at everything that keeps a hospital from taking part, one check after the other, and says how to mend each.
/// Sends nothing but the question whether this hospital is enrolled.
/// </summary>
internal sealed class Doctor(ClientHome home, TimeProvider time)
{
    private const long LeastFreeBytes = 256L << 20;
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);

    private readonly List<DoctorCheck> _checks = [];

    /// <summary>All checks; a check whose ground is missing is left out.</summary>
    public async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(CancellationToken stop)
    {
        if (!home.IsInitialised)
        {
            Bad("configuration", ExitCode.NotInitialised, $"there is no {home.ConfigurationFile}",
                "run 'fedmeta-client join INVITE --data FILE', or name the right folder with --home");
            return _checks;
        }

        var settings = Try(
            "configuration", () => ClientSettings.Read(home.ConfigurationFile), _ => home.ConfigurationFile);
        var policy = Try("policy", () => PolicyFile.Read(home.PolicyFile), _ => home.PolicyFile);
        using var identity = Try("key", () => Identity.Load(home.KeyFile), key => key.Fingerprint);
        CheckDisk();
        if (settings is null) return _checks;
        var engine = Try("engine", () => EngineChoice.Of(settings, _ => { }), choice => choice.Text);
        CheckData(settings);
        if (identity is null) return _checks;
        CheckCertificate(settings, identity);
        if (policy is not null) CheckStudies(settings, engine);
        await CheckServerAsync(settings, identity, stop);
        return _checks;
    }

    private T? Try<T>(string name, Func<T> look, Func<T, string> found)
        where T : class
    {
        try
        {
            var value = look();
            Good(name, found(value));
            return value;
        }
        catch (FedMetaException fault)
        {
            Bad(name, fault);
            return null;
        }
    }

    private void CheckDisk()
    {
        try
        {
            var probe = Path.Combine(home.StateFolder, ".doctor");
            DurableFile.Write(probe, "x"u8);
            File.Delete(probe);
            var free = new DriveInfo(home.StateFolder).AvailableFreeSpace;
            if (free >= LeastFreeBytes) Good("disk", $"{free >> 20} MiB free, writable");
            else Bad("disk", ExitCode.DiskFull, $"{free >> 20} MiB free",
                $"free {LeastFreeBytes >> 20} MiB on that disk");
        }
        catch (FedMetaException fault)
        {
            Bad("disk", fault);
        }
    }

    private void CheckData(ClientSettings settings)
    {
        try
        {
            using var file = new FileStream(settings.Data, FileMode.Open, FileAccess.Read, FileShare.Read);
            Good("data", settings.Data);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Bad("data", ExitCode.Data, $"{settings.Data} cannot be read",
                "set 'data' in client.toml, and let the agent's user read the file");
        }
    }

    private void CheckCertificate(ClientSettings settings, Identity identity)
    {
        if (!File.Exists(home.CertificateFile)) return; // the server says below whether the request is pending
        using var certificate = Try("certificate", () => CertificateFiles.Load(home.CertificateFile), each =>
            $"valid until {each.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        if (certificate is null) return;
        if (KeyPin.Of(certificate) != identity.Pin)
        {
            Replace(new("certificate", ExitCode.Configuration, "the certificate is for another key",
                $"remove {home.CertificateFile}; the agent fetches the right one"));
        }
        else if (certificate.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime)
        {
            Replace(new("certificate", ExitCode.NotEnrolled,
                $"it expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}",
                $"start 'fedmeta-client run', which fetches a new one from {settings.Server}"));
        }
    }

    private void CheckStudies(ClientSettings settings, EngineChoice? engine)
    {
        using var opened = OpenedHome.Open(home, time);
        var approved = new ApprovedStudies(
            opened.Journal, home.PolicyFile, settings.ClientId, opened.Identity.PublicKey);
        foreach (var decided in opened.Journal.Ask(state => state.Decisions.Where(each => each.Approve).ToList()))
        {
            var name = $"study {decided.Name}";
            if (approved.Find(decided.Study, out var study) is { } rejection)
            {
                Bad(name, ExitCode.PolicyRefuses, rejection.Detail, "loosen policy.toml, or refuse the study");
                continue;
            }

            if (engine?.Refusal(study!.Study.Model) is { } refused)
            {
                Bad(name, ExitCode.Configuration, refused, "set engine in [training] of client.toml to \"auto\"");
                continue;
            }

            _ = new SiteFile(settings.Data, settings.ClientId)
                .Read(study!.Study, study.Limits.MinRows, out var problems);
            var first = problems.FirstOrDefault(problem => !problem.IsWarning);
            if (first is null) Good(name, "the data fit");
            else Bad(name, ExitCode.Data, first.What, first.Hint);
        }
    }

    private async Task CheckServerAsync(ClientSettings settings, Identity identity, CancellationToken stop)
    {
        using var connection = ServerConnection.Of(settings, time);
        try
        {
            var before = time.GetUtcNow();
            var (status, date) = await connection.AskAsync(connection.Anonymous, cancel => AskAsync(cancel), stop);
            Good("server", $"{settings.Server} answers with the pinned key");
            CheckClock(date, before);
            if (status.State == EnrolmentStatus.Types.State.Approved) Good("enrolment", "approved");
            else Bad("enrolment", Membership.Explain(status.State));
        }
        catch (FedMetaException fault)
        {
            Bad("server", fault);
        }

        async Task<(EnrolmentStatus, string?)> AskAsync(CancellationToken cancel)
        {
            using var call = new EnrolmentClient(connection.Anonymous.Channel).GetStatusAsync(
                new EnrolmentStatusRequest
                {
                    ClientId = settings.ClientId,
                    KeyHash = ByteString.CopyFrom(identity.Pin.Digest.ToArray()),
                },
                cancellationToken: cancel);
            var headers = await call.ResponseHeadersAsync;
            return (await call.ResponseAsync, headers.GetValue("date"));
        }
    }

    private void CheckClock(string? date, DateTimeOffset here)
    {
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var there))
            return; // a server that does not say the time cannot be compared with
        var skew = here - there;
        if (skew.Duration() <= LargestSkew)
        {
            Good("clock", $"within {LargestSkew.TotalMinutes:0} minutes of the server's");
        }
        else
        {
            Bad("clock", ExitCode.Configuration,
                $"this machine's clock is {skew.Duration().TotalMinutes:0} minutes "
                + $"{(skew > TimeSpan.Zero ? "ahead of" : "behind")} the server's",
                "turn on time synchronisation (timedatectl set-ntp true)");
        }
    }

    private void Good(string name, string what) => _checks.Add(new(name, ExitCode.Ok, what, ""));

    private void Bad(string name, ExitCode code, string what, string fix) => _checks.Add(new(name, code, what, fix));

    private void Bad(string name, FedMetaException fault) => Bad(name, fault.Code, fault.What, fault.Hint);

    private void Replace(DoctorCheck check) => _checks[^1] = check;
}
