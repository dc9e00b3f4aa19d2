using FedMeta.Client.Configuration;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Learning.Torch;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Training;

public sealed class EngineChoiceTests
{
    private static readonly ModelSpec Logistic = ModelSpec.FromStudy("logistic", 3, 1, []);
    private static readonly ModelSpec Process = ModelSpec.FromStudy("cnp", 3, 1, [4]);

    /// <summary>Engine and device asked for; whether TorchSharp and a GPU are there; what trains.</summary>
    [Theory]
    [InlineData("auto", "auto", true, true, "torchsharp on cuda: found cuda")]
    [InlineData("auto", "auto", true, false, "managed on cpu: no cuda here")]
    [InlineData("auto", "auto", false, false, "managed on cpu: no TorchSharp here")]
    [InlineData("auto", "cpu", true, true, "managed on cpu: client.toml asks for the CPU")]
    [InlineData("auto", "cuda", true, true, "torchsharp on cuda: found cuda")]
    [InlineData("auto", "cuda", true, false, "refused: no cuda here")]
    [InlineData("auto", "cuda", false, false, "refused: no TorchSharp here")]
    [InlineData("managed", "auto", true, true, "managed on cpu: client.toml asks for it")]
    [InlineData("managed", "cpu", true, true, "managed on cpu: client.toml asks for it")]
    [InlineData("managed", "cuda", true, true, "refused: the managed engine computes on the CPU alone")]
    [InlineData("torchsharp", "auto", true, true, "torchsharp on cuda: client.toml asks for it")]
    [InlineData("torchsharp", "auto", true, false, "torchsharp on cpu: client.toml asks for it")]
    [InlineData("torchsharp", "cpu", true, true, "torchsharp on cpu: client.toml asks for it")]
    [InlineData("torchsharp", "cuda", true, false, "refused: no cuda here")]
    [InlineData("torchsharp", "auto", false, false, "refused: no TorchSharp here")]
    public void What_is_there_and_what_is_asked_for_decide(
        string engine, string device, bool torch, bool gpu, string expected)
    {
        string Chosen()
        {
            try
            {
                return EngineChoice.Of(Settings(engine, device), _ => { }, Finder(torch, gpu)).Text;
            }
            catch (FedMetaException fault)
            {
                Assert.Equal(ExitCode.Configuration, fault.Code);
                Assert.Contains("docs/gpu.md", fault.Hint, StringComparison.Ordinal);
                return $"refused: {fault.What}";
            }
        }

        Assert.Equal(expected, Chosen());
    }

    [Fact]
    public void Auto_trains_on_the_managed_engine_what_TorchSharp_lacks_and_an_explicit_choice_refuses_it()
    {
        var said = new List<string>();
        var asked = EngineChoice.Of(Settings("torchsharp", "auto"), said.Add, Finder(true, true));
        var automatic = EngineChoice.Of(Settings("auto", "auto"), said.Add, Finder(true, true));
        Assert.Null(asked.Refusal(Logistic));
        Assert.Equal(TorchSharpEngine.Refusal(Process), asked.Refusal(Process));
        Assert.NotNull(asked.Refusal(Process));
        Assert.Null(automatic.Refusal(Process));
        Assert.Empty(said);
        Assert.Equal(Process, automatic.Engine.Build<float>(Process).Spec);
        Assert.Equal([TorchSharpEngine.Refusal(Process)!], said);
    }

    [Fact]
    public void Without_a_GPU_and_a_word_in_the_file_the_managed_engine_trains()
    {
        var choice = EngineChoice.Of(Settings("auto", "cpu"), _ => { });
        Assert.Same(ManagedEngine.Instance, choice.Engine);
    }

    private static ClientSettings Settings(string engine, string device) =>
        new(null!, default, "a", "A", "a.csv", "", engine, device);

    private static TorchFinder Finder(bool torch, bool gpu) => device => !torch ? (null, "no TorchSharp here")
        : device == TorchDevice.Cuda && !gpu ? (null, "no cuda here")
        : device != TorchDevice.Cpu && gpu ? (new Named("cuda"), "found cuda")
        : (new Named("cpu"), "found");

    private sealed class Named(string device) : IEngine
    {
        public string Name => "torchsharp";

        public string Device => device;

        public bool Reproducible => false;

        public IModel<T> Build<T>(ModelSpec spec)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
            ManagedEngine.Instance.Build<T>(spec);
    }
}
