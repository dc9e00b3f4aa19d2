using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Xunit;

namespace FedMeta.Learning.Tests;

public class ModelFileTests
{
    [Fact]
    public void A_model_comes_back_as_it_was()
    {
        var model = Model();
        var read = ModelFileReader.Read(new MemoryStream(Bytes(model)));
        Assert.Null(read.Refusal);
        Assert.Equal(model.Spec, read.Model!.Spec);
        Assert.Equal(model.Theta.ToArray(), read.Model.Theta.ToArray());
        Assert.Equal(model.InnerRates.ToArray(), read.Model.InnerRates.ToArray());
        Assert.Equal(model.FeatureNames.ToArray(), read.Model.FeatureNames.ToArray());
        Assert.Equal(model.Scaling.Centre.ToArray(), read.Model.Scaling.Centre.ToArray());
        Assert.Equal(model.Scaling.Scale.ToArray(), read.Model.Scaling.Scale.ToArray());
        Assert.Equal(model.StudyHash, read.Model.StudyHash);
        Assert.Equal(model.Provenance, read.Model.Provenance);
        Assert.Equal(Bytes(model), Bytes(read.Model));
    }

    [Fact]
    public void A_control_variate_comes_back_behind_the_tensors_that_every_model_has()
    {
        var model = Model() with { Control = [0, -0.5, 7, 1e-8] };
        var read = ModelFileReader.Read(new MemoryStream(Bytes(model)));
        Assert.Null(read.Refusal);
        Assert.Equal(model.Control.ToArray(), read.Model!.Control.ToArray());
        Assert.Equal(model.Scaling.Scale.ToArray(), read.Model.Scaling.Scale.ToArray());
        Assert.Equal(Bytes(model), Bytes(read.Model));
        Assert.Equal(Bytes(Model()), Bytes(read.Model with { Control = [] }));
    }

    [Fact]
    public void The_state_of_a_file_is_that_of_its_algorithm_and_of_no_other()
    {
        static IMetaAlgorithm<double> Create(string name) =>
            MetaAlgorithms.Create<double>(new AlgorithmSettings(name, 0.1, 2), Model().Spec);
        var with = Model() with { Control = [9, 8, 7, 6] };
        Assert.Equal(Model().Theta.ToArray(), Model().StateOf(Create("fedavg")));
        Assert.Equal([.. Model().Theta, .. Model().InnerRates], Model().StateOf(Create("meta-sgd"))!);
        Assert.Equal([.. with.Theta, 9, 8, 7, 6], with.StateOf(Create("scaffold"))!);
        Assert.Null(Model().StateOf(Create("scaffold")));
        Assert.Null(with.StateOf(Create("fedavg")));
        Assert.Throws<ArgumentException>(() => Bytes(Model() with { Control = [1, 2] }));
        Assert.Throws<ArgumentException>(() => Bytes(Model() with { Control = [1, 2, 3, double.NaN] }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_flipped_bit_is_noticed(bool withControl)
    {
        var bytes = Bytes(withControl ? Model() with { Control = [0, 1, 2, 3] } : Model());
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotNull(ModelFileReader.Read(new MemoryStream(changed)).Refusal);
        }
    }

    [Fact]
    public void Every_truncation_and_any_extra_byte_is_refused()
    {
        var bytes = Bytes(Model());
        for (var length = 0; length < bytes.Length; length++)
            Assert.NotNull(ModelFileReader.Read(new MemoryStream(bytes, 0, length)).Refusal);
        Assert.NotNull(ModelFileReader.Read(new MemoryStream([.. bytes, 0])).Refusal);
    }

    [Fact]
    public void Random_bytes_with_a_plausible_length_are_refused()
    {
        var generator = new SeededGenerator(5);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[8 + generator.NextBelow(300)];
            for (var j = 8; j < bytes.Length; j++) bytes[j] = (byte)generator.NextBelow(256);
            BinaryPrimitives.WriteInt64LittleEndian(bytes, generator.NextBelow(300));
            Assert.NotNull(ModelFileReader.Read(new MemoryStream(bytes)).Refusal);
        }
    }

    [Theory]
    [InlineData("\"theta\":{\"dtype\":\"F64\"", "\"theta\":{\"dtype\":\"F32\"")]
    [InlineData("\"data_offsets\":[0,32]", "\"data_offsets\":[0,31]")]
    [InlineData("\"shape\":[4]", "\"shape\":[5]")]
    [InlineData("layers= outputs", "layers=9 outputs")]
    [InlineData("inputs=3", "inputs=99999999")]
    [InlineData("logistic inputs", "logistik inputs")]
    [InlineData("\"format\":\"fedmeta-model-1\"", "\"format\":\"fedmeta-model-2\"")]
    [InlineData("\"provenance.", "\"other.")]
    [InlineData("\"__metadata__\":{", "\"__metadata__\":{\"format\":\"fedmeta-model-1\",")]
    [InlineData("\"study\":\"ab", "\"study\":\"AB")]
    [InlineData("\"study\":", "\"study\": ")]
    [InlineData("{\"__metadata__\"", "{\"deep\":[[[[[[[[[[[[]]]]]]]]]]]],\"__metadata__\"")]
    public void A_header_of_other_words_is_refused(string from, string to)
    {
        var bytes = Bytes(Model());
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.Contains(from, header, StringComparison.Ordinal);
        var changed = Encoding.UTF8.GetBytes(header.Replace(from, to, StringComparison.Ordinal));
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, changed.Length);
        var read = ModelFileReader.Read(new MemoryStream([.. prefix, .. changed, .. bytes[(8 + length)..]]));
        Assert.Null(read.Model);
        Assert.StartsWith("this is no model file: ", read.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(1L << 40)]
    public void A_giant_header_length_costs_no_memory(long length)
    {
        var prefix = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        Assert.NotNull(ModelFileReader.Read(new MemoryStream(prefix)).Refusal);
    }

    [Fact]
    public void A_header_that_promises_a_huge_model_costs_no_memory()
    {
        var header = Encoding.UTF8.GetBytes(
            "{\"__metadata__\":{\"format\":\"fedmeta-model-1\",\"features\":\"[\\\"x\\\"]\","
            + "\"model\":\"mlp-relu inputs=1 layers=8000,8000 outputs=1 loss=mse\"}}");
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = ModelFileReader.Read(new MemoryStream([.. prefix, .. header, .. new byte[100]]));
        Assert.Equal("this is no model file: it ends inside the parameters", read.Refusal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_never_written() => Assert.Throws<ArgumentException>(
        () => Bytes(Model() with { Theta = [0, 1, double.NaN, 2] }));

    private static byte[] Bytes(ModelFile model)
    {
        using var stream = new MemoryStream();
        ModelFileWriter.Write(model, stream);
        return stream.ToArray();
    }

    private static ModelFile Model() => new()
    {
        Spec = ModelSpec.FromStudy("logistic", 3, 1, []),
        Theta = [0.25, -1, 3e-9, 1],
        InnerRates = [0.1, 0.1, 0.1, 2],
        FeatureNames = ["age", "größe", "a \"quoted\" name"],
        Scaling = new FeatureScaling([50, 170, 0], [10, 8, 1]),
        StudyHash = string.Concat(Enumerable.Repeat("ab", 32)),
        Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("round", "30").Add("epsilon", "3"),
    };
}
