using System.Text.Json.Nodes;
using FedMeta.Simulation.Check;

namespace FedMeta.Simulation.Tests.Check;

/// <summary>What the runner says about files that it has never seen, whole or broken.</summary>
public sealed class OracleRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_with_other_rows_passes_when_its_values_are_right()
    {
        var report = Check("zcdp_conversion.json", Table(Row(0.25), Row(1.5)));

        Assert.True(report.Passed);
        Assert.Equal(2, report.RowsChecked);
    }

    [Fact]
    public void A_file_is_recognised_by_its_columns_under_any_name_and_in_any_folder()
    {
        Directory.CreateDirectory(_folder.File("some/where"));

        var report = Check("some/where/renamed.json", Table(Row(0.25)));

        Assert.Equal(1, report.RowsChecked);
        Assert.True(report.Passed);
    }

    [Fact]
    public void A_wrong_value_fails_with_its_row_and_column()
    {
        var wrong = Row(0.25);
        wrong["eps_basic"] = wrong["eps_basic"]!.GetValue<double>() * (1 + 1e-6);

        var report = Check("zcdp_conversion.json", Table(Row(1.5), wrong));

        var failure = Assert.Single(report.Failures);
        Assert.Equal(("rows[1]", "eps_basic"), (failure.Row, failure.Column));
        Assert.Equal(41, Exit("zcdp_conversion.json"));
    }

    [Theory]
    [InlineData("text")]
    [InlineData(null)]
    public void A_cell_that_holds_no_number_fails_with_its_row(string? cell)
    {
        var broken = Row(0.25);
        broken["eps_improved"] = cell;

        var failure = Assert.Single(Check("zcdp_conversion.json", Table(broken)).Failures);

        Assert.Equal("rows[0]", failure.Row);
    }

    [Fact]
    public void A_row_without_a_column_fails_with_its_row()
    {
        var broken = Row(0.25);
        broken.Remove("eps_improved");

        Assert.Equal("rows[0]", Assert.Single(Check("zcdp_conversion.json", Table(broken)).Failures).Row);
    }

    [Fact]
    public void A_row_that_is_missing_from_its_table_is_seen_by_the_count()
    {
        var table = Table(Row(0.25));
        table["row_count"] = 2;

        var failure = Assert.Single(Check("zcdp_conversion.json", table).Failures);

        Assert.Equal("row_count", failure.Column);
    }

    [Fact]
    public void A_table_that_nobody_knows_is_named_with_each_of_its_rows()
    {
        var table = Table(Row(0.25));
        table["surprise"] = new JsonArray(new JsonObject { ["rho"] = 1.0 }, new JsonObject { ["rho"] = 2.0 });

        var report = Check("zcdp_conversion.json", table);

        Assert.Equal(["surprise[0]", "surprise[1]"], Assert.Single(report.Unchecked).Value);
    }

    [Fact]
    public void A_column_that_nobody_computes_is_named()
    {
        var row = Row(0.25);
        row["eps_by_magic"] = 1.0;

        var report = Check("zcdp_conversion.json", Table(row));

        Assert.Contains(report.ColumnsNotChecked, r => r.Value.Contains("eps_by_magic"));
    }

    [Fact]
    public void A_file_of_no_known_format_is_named_and_does_not_count_as_checked()
    {
        var report =
            Check("weather.json", new JsonObject { ["columns"] = new JsonArray("rain"), ["rows"] = new JsonArray() });

        Assert.Equal(0, report.RowsChecked);
        Assert.Equal(1, report.RowsNotChecked);
        Assert.Equal(41, Exit("weather.json"));
    }

    [Fact]
    public void A_file_that_is_no_JSON_fails()
    {
        Assert.False(OracleRunner.Check(_folder.Write("broken.json", "{ \"rows\": [")).Passed);
    }

    [Fact]
    public void The_JSON_report_holds_every_failure()
    {
        var wrong = Row(0.25);
        wrong["eps_basic"] = 0.0;
        Check("zcdp_conversion.json", Table(wrong));
        var output = new StringWriter();

        CheckCommand.Run([_folder.Path], json: true, output);

        var report = JsonNode.Parse(output.ToString())!;
        Assert.False(report["passed"]!.GetValue<bool>());
        Assert.Equal("rows[0]", report["files"]![0]!["failures"]![0]!["row"]!.GetValue<string>());
    }

    private CheckReport Check(string name, JsonObject document) =>
        OracleRunner.Check(_folder.Write(name, document.ToJsonString()));

    private int Exit(string name) => CheckCommand.Run([_folder.File(name)], json: false, TextWriter.Null);

    private static JsonObject Table(params JsonObject[] rows) => new()
    {
        ["columns"] = new JsonArray("rho", "delta", "eps_improved", "eps_basic"),
        ["row_count"] = rows.Length,
        ["rows"] = new JsonArray([.. rows]),
    };

    /// <summary>
    /// Values from the two formulas themselves, the first by a search over orders that is written here again.
    /// </summary>
    private static JsonObject Row(double rho)
    {
        const double Delta = 1e-5;
        var best = double.PositiveInfinity;
        for (var i = 0; i < 4_000_000; i++)
        {
            var less = Math.Exp(-6 + (i * 3e-6)); // order minus one, from 0.0025 to 400
            var epsilon = ((1 + less) * rho)
                + ((((1 + less) * Math.Log(less / (1 + less))) - Math.Log(Delta * less)) / less);
            best = Math.Min(best, epsilon);
        }

        return new JsonObject
        {
            ["rho"] = rho,
            ["delta"] = Delta,
            ["eps_improved"] = best,
            ["eps_basic"] = rho
                + (2 * Math.Sqrt(rho * Math.Log(1 / Delta))),
        };
    }
}
