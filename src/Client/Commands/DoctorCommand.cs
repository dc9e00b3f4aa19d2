using System.CommandLine;
using FedMeta.Client.Diagnostics;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>doctor</c>: what keeps this hospital from taking part.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new Command("doctor", """
        Look at configuration, key, certificate, disk, data, server and clock; each fault with a one-line fix
        Example: fedmeta-client doctor
        """).With(context, async (own, _, stop) =>
        {
            var checks = await new Doctor(own.Home, own.Time).ExamineAsync(stop);
            var code = checks.FirstOrDefault(check => check.Code != ExitCode.Ok)?.Code ?? ExitCode.Ok;
            if (own.Json)
            {
                return Output.Json(own, [.. checks.Select(check => new DoctorLine(
                    check.Name, check.Code == ExitCode.Ok, (int)check.Code, check.What, check.Fix))],
                    OutputShapes.Default.DoctorLineArray, code);
            }

            foreach (var check in checks)
            {
                own.Out.WriteLine($"{(check.Code == ExitCode.Ok ? "ok   " : "FAULT")} {check.Name}: {check.What}");
                if (check.Code == ExitCode.Ok) continue;
                own.Out.WriteLine($"      {(int)check.Code} {check.Code.Name()}; fix: {check.Fix}");
            }

            return (int)code;
        });
}
