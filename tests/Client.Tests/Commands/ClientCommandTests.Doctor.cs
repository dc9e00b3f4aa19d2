using FedMeta.Client.Homes;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Client.Tests.Commands;

public sealed partial class ClientCommandTests
{
    [Fact]
    public async Task The_doctor_finds_each_fault_with_its_own_code_and_a_fix()
    {
        await Fault("configuration", ExitCode.NotInitialised, "join");
        await Join();
        Propose();
        await Run(["study", "approve", "heart"]);
        var well = await Run(["doctor"]);
        Assert.True(well.Code == 0, well.Out);
        var home = ClientHome.At(Home);

        var cohort = File.ReadAllText(_data);
        File.WriteAllText(_data, cohort.Replace("chol", "cholesterol", StringComparison.Ordinal));
        await Fault("study heart", ExitCode.Data, "'chol'");
        File.WriteAllText(_data, string.Join('\n', cohort.Split('\n').Take(5)) + "\n");
        await Fault("study heart", ExitCode.Data, "training rows");
        File.Delete(_data);
        await Fault("data", ExitCode.Data, "cannot be read");
        File.WriteAllText(_data, cohort);

        Assert.Contains("ok    engine: ", well.Out, StringComparison.Ordinal);
        var configured = File.ReadAllText(home.ConfigurationFile);
        File.WriteAllText(home.ConfigurationFile, configured
            .Replace("engine = \"auto\"", "engine = \"managed\"", StringComparison.Ordinal)
            .Replace("device = \"auto\"", "device = \"cuda\"", StringComparison.Ordinal));
        await Fault("engine", ExitCode.Configuration, "the CPU alone");
        File.WriteAllText(home.ConfigurationFile, configured);

        var skewed = await Run(["doctor"], new SetTime(() => TimeProvider.System.GetUtcNow().AddMinutes(10)));
        Assert.Contains("10 minutes ahead", skewed.Out, StringComparison.Ordinal);
        var late = await Run(["doctor"], new SetTime(() => TimeProvider.System.GetUtcNow().AddDays(60)));
        Assert.Contains("FAULT certificate: it expired", late.Out, StringComparison.Ordinal);

        _coordinator.State = EnrolmentStatus.Types.State.Revoked;
        await Fault("enrolment", ExitCode.Revoked, "revoked");
        var settings = File.ReadAllText(home.ConfigurationFile);
        using (var other = Identity.Create())
        {
            File.WriteAllText(home.ConfigurationFile,
                settings.Replace(_coordinator.Pin.ToString(), other.Pin.ToString(), StringComparison.Ordinal));
        }

        await Fault("server", ExitCode.WrongServerKey, "TLS-inspecting");
        File.WriteAllText(home.ConfigurationFile,
            settings.Replace(_coordinator.Address.ToString(), "127.0.0.1:1", StringComparison.Ordinal));
        await Fault("server", ExitCode.ServerUnreachable, "does not answer");
        File.WriteAllText(home.ConfigurationFile, settings.Replace("client_id", "clientid", StringComparison.Ordinal));
        await Fault("configuration", ExitCode.Configuration, "client_id");
        File.WriteAllText(home.ConfigurationFile, settings);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(home.KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        await Fault("key", ExitCode.Permission, "chmod 600");
    }

    private async Task Fault(string check, ExitCode code, string words)
    {
        var (exit, output, _) = await Run(["doctor"]);
        Assert.Contains($"FAULT {check}:", output, StringComparison.Ordinal);
        Assert.Contains($"{(int)code} {code.Name()}; fix:", output, StringComparison.Ordinal);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Equal((int)code, exit);
    }
}
