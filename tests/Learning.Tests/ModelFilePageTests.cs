using System.Collections.Immutable;
using System.Globalization;
using FedMeta.Tests.Support;
using Xunit;

namespace FedMeta.Learning.Tests;

/// <summary>The scripts of docs/reference/model-file.md, run as they stand there.</summary>
public sealed class ModelFilePageTests : IDisposable
{
    private const string Page = "docs/reference/model-file.md";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fedmeta-page-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PythonFact]
    public void The_reader_of_the_page_predicts_what_this_library_predicts()
    {
        var model = Model();
        Write("model.safetensors", model);
        double[] rows = [63, 233, 41, double.NaN, 1e9, -1e9, 50, 220];
        File.WriteAllLines(At("rows.csv"), Enumerable.Range(0, 4)
            .Select(i => FormattableString.Invariant($"{rows[2 * i]},{rows[2 * i + 1]}").Replace("NaN", "nan")));

        var printed = Python.Run(Reader, _folder.FullName, "model.safetensors", "rows.csv");

        var (scaled, expected) = (new double[8], new double[4]);
        model.Scaling.Apply<double>(rows, scaled);
        ManagedEngine.Instance.Build<double>(model.Spec).Predict(model.Theta.AsSpan(), scaled, expected);
        Evaluator.ToProbabilities(model.Spec, expected);
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], double.Parse(lines[i], CultureInfo.InvariantCulture), 1e-14);
    }

    [PythonFact]
    public void The_reader_of_the_page_notices_a_flipped_bit()
    {
        Write("model.safetensors", Model());
        File.WriteAllText(At("rows.csv"), "63,233\n");
        var bytes = File.ReadAllBytes(At("model.safetensors"));
        bytes[^3] ^= 1;
        File.WriteAllBytes(At("model.safetensors"), bytes);
        var error = Assert.Throws<InvalidOperationException>(
            () => Python.Run(Reader, _folder.FullName, "model.safetensors", "rows.csv"));
        Assert.Contains("the file is damaged", error.Message, StringComparison.Ordinal);
    }

    [PythonFact]
    public void What_the_writer_of_the_page_writes_is_a_model_file_to_the_byte()
    {
        var blocks = Python.BlocksOf(Page);
        Python.Run(blocks[1] + blocks[2], _folder.FullName);

        using var stream = File.OpenRead(At("pretrained.safetensors"));
        var read = ModelFileReader.Read(stream);

        Assert.Null(read.Refusal);
        Assert.Equal([0.7, 0.2, -0.3], read.Model!.Theta.ToArray());
        Assert.Equal([0.1, 0.1, 0.1], read.Model.InnerRates.ToArray());
        Assert.Equal(["age", "chol"], read.Model.FeatureNames.ToArray());
        Assert.Equal([50, 220], read.Model.Scaling.Centre.ToArray());
        Assert.Equal([10, 60], read.Model.Scaling.Scale.ToArray());
    }

    [PythonFact]
    public void The_writer_of_the_page_writes_names_in_any_script_as_this_library_does()
    {
        var call = """
            write("m.safetensors", "softmax inputs=2 layers= outputs=3 loss=ce", [["W0", [3, 2]], ["b0", [3]]],
                  ["größe <cm> & \"+\"", "나이"], [0, 0], [1, 1], 0.5, np.arange(9))
            """;
        Python.Run(Python.BlocksOf(Page)[1] + call, _folder.FullName);
        using var stream = File.OpenRead(At("m.safetensors"));
        var read = ModelFileReader.Read(stream);
        Assert.Null(read.Refusal);
        Assert.Equal(["größe <cm> & \"+\"", "나이"], read.Model!.FeatureNames.ToArray());
    }

    [Fact]
    public void The_reader_is_as_short_as_the_page_promises()
    {
        var lines = Reader.Split('\n').Count(line => line.Length > 0);
        Assert.InRange(lines, 10, 20);
        Assert.DoesNotContain("import", string.Join('\n', Reader.Split('\n').Skip(2)), StringComparison.Ordinal);
    }

    private static string Reader => Python.BlocksOf(Page)[0];

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, ModelFile model)
    {
        using var stream = File.Create(At(name));
        ModelFileWriter.Write(model, stream);
    }

    private static ModelFile Model() => new()
    {
        Spec = ModelSpec.FromStudy("logistic", 2, 1, []),
        Theta = [0.25, -1.5, 0.125],
        InnerRates = [0.1, 0.1, 2],
        FeatureNames = ["größe", "a \"quoted\" name"],
        Scaling = new FeatureScaling([50, 220], [10, 60]),
        StudyHash = string.Concat(Enumerable.Repeat("ab", 32)),
        Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("round", "30"),
    };
}
