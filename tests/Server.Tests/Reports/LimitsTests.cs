using System.Text.Json;
using FedMeta.Server.Reports;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Reports;

public sealed class LimitsTests
{
    [Fact]
    public async Task A_search_for_good_settings_on_the_same_data_is_named_as_not_counted()
    {
        await using var federation = await Federation.WithStudyAsync();
        using var report = JsonDocument.Parse(
            federation.Host.Services.GetRequiredService<ReportDesk>().Make(federation.Study, "privacy", "json")!);
        var tuning = report.RootElement.GetProperty("limits").GetProperty("hazards").EnumerateArray()
            .Single(hazard => hazard.GetProperty("name").GetString()!.StartsWith("Tuning", StringComparison.Ordinal));
        Assert.Equal("open", tuning.GetProperty("status").GetString());
        Assert.Contains("Not counted", tuning.GetProperty("answer").GetString());
    }
}
