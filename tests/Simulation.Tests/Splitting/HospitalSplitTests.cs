using FedMeta.Protocol;
using FedMeta.Simulation.Splitting;

namespace FedMeta.Simulation.Tests.Splitting;

public sealed class HospitalSplitTests : IDisposable
{
    private static readonly Dictionary<string, string> NoNames = [];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_file_becomes_one_per_hospital_without_the_site_column()
    {
        var file = _folder.Write("all.csv", "age,site,label\n40,b,1\n50,a,0\n60,b,0\n");

        var written =
            HospitalSplit.Write(file, "site", new Dictionary<string, string> { ["b"] = "Busan" }, _folder.File("out"));

        Assert.Equal([("busan.csv", 2), ("site-a.csv", 1)],
            written.Select(w => (Path.GetFileName(w.File), w.Patients)));
        Assert.Equal("age,label\n40,1\n60,0\n", File.ReadAllText(_folder.File("out/busan.csv")));
    }

    [Fact]
    public void A_quoted_cell_stays_one_cell()
    {
        var file = _folder.Write("all.csv", "note,site\n\"a, \"\"b\"\"\",1\n");

        HospitalSplit.Write(file, "site", NoNames, _folder.File("out"));

        Assert.Equal("note\n\"a, \"\"b\"\"\"\n", File.ReadAllText(_folder.File("out/site-1.csv")));
    }

    [Theory]
    [InlineData("age,label\n40,1\n", "has no column 'site'")]
    [InlineData("age,site\n40\n", "record 2 has 1 cells")]
    [InlineData("age,site\n40,../up\n", "cannot be part of a file name")]
    [InlineData("", "is empty")]
    public void A_file_that_cannot_be_split_is_refused_with_what_is_wrong(string text, string what)
    {
        var file = _folder.Write("all.csv", text);

        var error = Assert.Throws<FedMetaException>(() =>
            HospitalSplit.Write(file, "site", NoNames, _folder.File("out")));

        Assert.Equal(ExitCode.Data, error.Code);
        Assert.Contains(what, error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_already_is_not_overwritten()
    {
        var file = _folder.Write("all.csv", "age,site\n40,1\n");
        HospitalSplit.Write(file, "site", NoNames, _folder.File("out"));

        Assert.Throws<FedMetaException>(() => HospitalSplit.Write(file, "site", NoNames, _folder.File("out")));
    }
}
