using System.Text.Json;
using Xunit;

namespace FedMeta.Learning.Tests;

/// <summary>Losses of whole episodes beside automatic differentiation; Fixtures/neural_process.py and
/// Fixtures/prototypes.py say how the numbers were made.</summary>
public class EpisodeFixtureTests
{
    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in new[] { "neural_process.json", "prototypes.json" })
            for (var i = 0; i < Fixture.Read(name).GetArrayLength(); i++) cases.Add(name, i);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_gradient_and_hessian_product_are_those_of_automatic_differentiation(string name, int index)
    {
        var row = Fixture.Read(name)[index];
        var (model, theta, episode) = Read(row);
        var vector = new double[theta.Length];
        Assert.Equal(row.GetProperty("loss").GetDouble(), model.Loss(theta, episode), 1e-13);
        Assert.Equal(row.GetProperty("loss").GetDouble(), model.Gradient(theta, episode, vector), 1e-13);
        Fixture.AssertClose(row.Vector("gradient"), vector, 1e-12);
        model.HessianVectorProduct(theta, episode, row.Vector("v"), vector);
        Fixture.AssertClose(row.Vector("hessian_vector_product"), vector, 1e-12);
    }

    internal static (IModel<double> Model, double[] Theta, Batch<double> Episode) Read(JsonElement row)
    {
        var spec = ModelSpecText.Parse(row.GetProperty("model").GetString()!)!;
        var inputs = row.Vector("inputs");
        return (ManagedEngine.Instance.Build<double>(spec), row.Vector("theta"),
            new Batch<double>(inputs, row.Vector("targets"), inputs.Length / spec.Inputs));
    }
}
