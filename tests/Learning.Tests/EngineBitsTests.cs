using System.Diagnostics;
using Xunit;

namespace FedMeta.Learning.Tests;

/// <summary>The promise "the same bits on every x64 machine and for any number of threads".</summary>
public class EngineBitsTests
{
    private const string Pinned = "2753efe62ae4e04dbb03d0ba1b5067c8";

    [Fact]
    public void The_bits_of_every_engine_result_are_pinned() => Assert.Equal(Pinned, EngineBits.Hash(threads: 1));

    /// <summary>In a process of its own: the runtime reads these switches when it starts.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0", 1)]
    [InlineData("DOTNET_EnableAVX2", "0", 2)]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", 1)]
    [InlineData("DOTNET_TieredCompilation", "0", 4)]
    [InlineData("DOTNET_TieredPGO", "0", 2)]
    public async Task Neither_instruction_sets_nor_threads_nor_the_compiler_change_them(
        string name, string value, int threads)
    {
        using var child = Process.Start(new ProcessStartInfo(DotnetPath())
        {
            ArgumentList = { "exec", typeof(Program).Assembly.Location, threads.ToString() },
            Environment = { [name] = value },
            RedirectStandardOutput = true,
        })!;
        Assert.Equal(Pinned, (await child.StandardOutput.ReadToEndAsync()).Trim());
        await child.WaitForExitAsync();
        Assert.Equal(0, child.ExitCode);
    }

    private static string DotnetPath() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
