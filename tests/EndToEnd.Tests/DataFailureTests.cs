using FedMeta.Protocol;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Processes;
using FedMeta.Tests.Support;

namespace FedMeta.EndToEnd.Tests;

/// <summary>
/// A hospital's file that is not as the study wants it. One coordinator with one proposed study serves all cases.
/// </summary>
public sealed class DataFailureTests(DataFailureTests.Proposed study) : IClassFixture<DataFailureTests.Proposed>
{
    [Fact]
    public async Task A_missing_column_is_named()
    {
        var result = await CheckAsync(lines =>
            [lines[0].Replace("chol", "cholesterol", StringComparison.Ordinal), .. lines[1..]]);

        AssertDataError(result, "chol");
    }

    [Fact]
    public async Task Text_in_a_number_is_named_with_its_row_and_column()
    {
        var result = await CheckAsync(lines =>
            [.. lines[..3], "old" + lines[3][lines[3].IndexOf(',')..], .. lines[4..]]);

        AssertDataError(result, "age");
    }

    [Fact]
    public async Task Too_few_rows_are_named()
    {
        AssertDataError(await CheckAsync(lines => lines[..12]), "20");
    }

    [Fact]
    public async Task A_label_with_one_class_is_a_warning_with_its_consequences()
    {
        var result = await CheckAsync(lines =>
            [lines[0], .. lines[1..].Select(l => l.Replace(",0,t", ",1,t", StringComparison.Ordinal))]);

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("same label", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_named()
    {
        File.Delete(study.Hospital.Data);

        AssertDataError(await study.CheckAsync(), study.Hospital.Data);
    }

    private async Task<CommandResult> CheckAsync(Func<string[], IEnumerable<string>> spoil)
    {
        var lines = File.ReadAllLines(CheckoutFolder.At("samples/hospitals/lakeside-heart.csv"));
        await File.WriteAllTextAsync(study.Hospital.Data, string.Join('\n', spoil(lines)) + "\n");
        return await study.CheckAsync();
    }

    private static void AssertDataError(CommandResult result, string named)
    {
        Assert.True(result.ExitCode == (int)ExitCode.Data, $"{result.ExitCode}: {result.Output}{result.Errors}");
        Assert.Contains(named, result.Output + result.Errors, StringComparison.Ordinal);
    }

    public sealed class Proposed : IAsyncLifetime
    {
        private readonly Workplace _place = new();

        internal HospitalSite Hospital { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await _place.Coordinator.StartAsync(CancellationToken.None);
            var data = _place.At("cohort.csv");
            File.Copy(CheckoutFolder.At("samples/hospitals/lakeside-heart.csv"), data);
            Hospital = _place.Hospital("lakeside-heart", data);
            foreach (var site in new[] { Hospital, _place.Hospital("valley-regional"),
                _place.Hospital("hill-veterans") })
                await site.JoinAsync(_place.Coordinator, CancellationToken.None);
            await _place.Coordinator.ProposeAsync(CheckoutFolder.At("samples/heart-three.toml"),
                CancellationToken.None);
        }

        public async Task DisposeAsync() => await _place.DisposeAsync();

        internal Task<CommandResult> CheckAsync() =>
            _place.ClientAsync("data", "check", "heart", "--home", Hospital.Home);
    }
}
