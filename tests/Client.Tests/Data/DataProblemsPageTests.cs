using System.Text.RegularExpressions;
using FedMeta.Client.Data;
using FedMeta.Tests.Support;

namespace FedMeta.Client.Tests.Data;

public sealed partial class DataProblemsPageTests
{
    [Fact]
    public void The_page_has_a_row_for_every_fault_and_no_other()
    {
        var page = File.ReadAllText(CheckoutFolder.At("docs/data-problems.md"));
        Assert.Equal(
            Enum.GetNames<DataFault>().Order(StringComparer.Ordinal),
            Row().Matches(page).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `([A-Z]\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
