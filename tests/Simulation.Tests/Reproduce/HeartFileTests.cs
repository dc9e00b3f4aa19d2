using FedMeta.Protocol;
using FedMeta.Simulation.Reproduce.Heart;

namespace FedMeta.Simulation.Tests.Reproduce;

public sealed class HeartFileTests
{
    private static readonly Dictionary<string, string> NoNames = [];

    [Fact]
    public void A_file_gives_each_hospital_its_patients_and_the_published_split()
    {
        using var folder = new TemporaryFolder();
        var hospitals = HeartFile.Read(folder.Write("all.csv", SmallHospitals.Csv()),
            new Dictionary<string, string> { ["2"] = "zurich" });

        Assert.Equal(["0", "1", "zurich"], hospitals.Select(h => h.Name));
        Assert.All(hospitals, h => Assert.Equal((40, 3, 30, 10),
            (h.Patients.Count, h.Patients.InputWidth, h.TrainRows.Length, h.TestRows.Length)));
        Assert.Equal(3, hospitals[0].TestRows[0]);
    }

    [Theory]
    [InlineData("", "holds no patients")]
    [InlineData("center,fold,age\n0,train,1\n", "no column 'label'")]
    [InlineData("center,fold,label\n0,train,1\n", "no column for a feature")]
    [InlineData("center,fold,age,label\n0,train,x,1\n", "age is no number")]
    [InlineData("center,fold,age,label\n0,train,NaN,1\n", "age is no number")]
    [InlineData("center,fold,age,label\n0,dev,1,1\n", "neither train nor test")]
    [InlineData("center,fold,age,label\n0,train,1,2\n", "neither 0 nor 1")]
    [InlineData("center,fold,age,label\n0,train,1\n", "3 cells")]
    [InlineData("center,fold,age,label\n0,train,1,1\n0,train,1,1\n", "one to test on")]
    [InlineData("center,fold,age,label\n0,train,1,1\n0,train,1,0\n0,test,1,1\n", "a federation needs two")]
    [InlineData("center,fold,age,label\n0,\"train,1,1\n", "is not a CSV file")]
    public void A_file_that_is_no_such_split_is_refused_in_words(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        var refused = Assert.Throws<FedMetaException>(() => HeartFile.Read(folder.Write("bad.csv", text), NoNames));

        Assert.Equal(ExitCode.Data, refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FedMetaException>(() => HeartFile.Read(folder.File("nowhere.csv"), NoNames));
    }
}
