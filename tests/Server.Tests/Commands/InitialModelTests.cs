using System.Collections.Immutable;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Commands;

/// <summary>Studies that start from weights which somebody gives.</summary>
public sealed class InitialModelTests
{
    private static readonly ModelFile Given = new()
    {
        Spec = ModelSpec.FromStudy("logistic", 2, 1, []),
        Theta = [0.5, -0.25, 2],
        InnerRates = [0.3, 0.2, 0.1],
        FeatureNames = ["a", "b"],
        Scaling = new FeatureScaling([0, 0], [1, 1]),
        StudyHash = new string('0', 64),
        Provenance = ImmutableSortedDictionary<string, string>.Empty,
    };

    [Theory]
    [InlineData("maml", new[] { 0.1, 0.1, 0.1 })]
    [InlineData("meta-sgd", new[] { 0.3, 0.2, 0.1 })]
    [InlineData("scaffold", new[] { 0.1, 0.1, 0.1 })]
    public async Task A_study_starts_from_the_weights_that_the_operator_gives(string algorithm, double[] rates)
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        var (draft, file) = Files(federation, Given with { Control = [9, 9, 9] }, algorithm);
        await federation.SucceedAsync("study", "propose", draft, "--initial", file);
        federation.AdoptStudy();

        var taken = Path.Combine(federation.Home.StateFolder, "taken.safetensors");
        await federation.SucceedAsync("model", "get", "test", "-o", taken);
        var bytes = await File.ReadAllBytesAsync(taken);
        var initial = ModelFileReader.Read(new MemoryStream(bytes)).Model!;
        Assert.Equal(federation.Plan.Document.InitialModel, Sha256Digest.Of(bytes));
        Assert.Equal(Given.Theta.ToArray(), initial.Theta.ToArray());
        Assert.Equal(rates, initial.InnerRates.ToArray());

        // The hospitals' own control variates start from zero, so their mean does, whatever the file came from.
        Assert.Equal(algorithm == "scaffold" ? [0, 0, 0] : [], initial.Control.ToArray());
        Assert.Equal(Sha256Digest.Of(await File.ReadAllBytesAsync(file)).ToString(), initial.Provenance["initial"]);
    }

    [Fact]
    public async Task A_round_is_played_from_given_weights()
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        var (draft, file) = Files(federation, Given, "maml");
        await federation.SucceedAsync("study", "propose", draft, "--initial", file);
        federation.AdoptStudy();
        foreach (var client in federation.Clients)
            Assert.True((await client.DecideAsync(federation.Plan)).Accepted);
        Assert.True((await federation.PlayAsync(_ => federation.Input(_ => 0))).End.Completed);
    }

    public static TheoryData<string, string> Others => new()
    {
        { "kind", "the model to start from is 'mlp-tanh inputs=2 layers=3 outputs=1 loss=bce' and the study's is "
            + "'logistic inputs=2 layers= outputs=1 loss=bce'" },
        { "order", "input 1 of the model to start from is 'b' and the study's is 'a'" },
        { "scale", "takes 'b' as [0, 4] and the study as [0, 1]" },
        { "adapted", "was adapted to one hospital's patients without noise" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_model_that_is_not_the_study_s_is_refused_and_the_difference_named(string what, string words)
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        var spec = ModelSpec.FromStudy("mlp-tanh", 2, 1, [3]);
        var other = what switch
        {
            "kind" => Given with
            {
                Spec = spec,
                Theta = [.. spec.Initial(1)],
                InnerRates = [.. spec.Initial(1).Select(_ => 0.1)]
            },
            "order" => Given with { FeatureNames = ["b", "a"] },
            "adapted" => Given with { Provenance = Given.Provenance.Add("adaptation", "10 full steps") },
            _ => Given with { Scaling = new FeatureScaling([0, 0], [1, 4]) },
        };
        var (draft, file) = Files(federation, other, "maml");
        var (code, _, error) = await federation.CommandAsync("study", "propose", draft, "--initial", file);
        Assert.Equal((int)ExitCode.StudyDocument, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Empty(federation.Journal.State.Studies);
    }

    [Fact]
    public async Task A_file_that_is_no_model_never_reaches_the_coordinator()
    {
        await using var federation = await Federation.StartAsync();
        var (draft, file) = Files(federation, Given, "maml");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 64;
        await File.WriteAllBytesAsync(file, bytes);
        var (code, _, error) = await federation.CommandAsync("study", "propose", draft, "--initial", file);
        Assert.Equal((int)ExitCode.Data, code);
        Assert.Contains("it is damaged", error, StringComparison.Ordinal);
    }

    private static (string Draft, string Model) Files(Federation federation, ModelFile model, string algorithm)
    {
        string At(string name) => Path.Combine(federation.Home.StateFolder, name);
        var draft = System.Text.Encoding.UTF8.GetString(Drafts.Sound())
            .Replace("\"maml\"", $"\"{algorithm}\"", StringComparison.Ordinal)
            .Replace("unit = \"patient\"", algorithm == "scaffold" ? "unit = \"site\"" : "unit = \"patient\"",
                StringComparison.Ordinal);
        File.WriteAllText(At("draft.toml"), draft);
        using (var stream = File.Create(At("given.safetensors"))) ModelFileWriter.Write(model, stream);
        return (At("draft.toml"), At("given.safetensors"));
    }
}
