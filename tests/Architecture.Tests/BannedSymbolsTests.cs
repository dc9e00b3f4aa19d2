using System.Diagnostics;
using System.Xml.Linq;

namespace FedMeta.Architecture.Tests;

/// <summary>
/// The seams (time, randomness, no code by name) hold because the compiler refuses what goes round them.
/// </summary>
public sealed class BannedSymbolsTests
{
    [Fact]
    public void The_analyzer_and_its_list_are_wired_for_every_project_and_nobody_takes_them_out()
    {
        var shared = XDocument.Parse(Repository.Read("Directory.Build.props"));
        Assert.Contains(shared.Descendants("PackageReference"),
            r => r.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers"
                && r.Parent!.Attribute("Condition") is null);
        Assert.Contains(shared.Descendants("AdditionalFiles"), r =>
            r.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));

        var silencing = Repository.Files.Where(f => (f.EndsWith(".csproj", StringComparison.Ordinal) && Silences(f))
            || (f.EndsWith(".cs", StringComparison.Ordinal)
            && Repository.Read(f).Contains("RS" + "0030", StringComparison.Ordinal)));
        Assert.Empty(silencing);
    }

    [Theory]
    [InlineData("System.Console.WriteLine(System.DateTime.Now);")]
    [InlineData("System.Console.WriteLine(System.Random.Shared.Next());")]
    [InlineData("System.Threading.Thread.Sleep(1);")]
    public async Task A_project_that_goes_round_a_seam_does_not_build(string statement)
    {
        var (exitCode, output) = await BuildProbeAsync(statement);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("RS" + "0030", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_project_without_the_banned_line_builds()
    {
        var (exitCode, output) =
            await BuildProbeAsync("System.Console.WriteLine(System.TimeProvider.System.GetUtcNow());");

        Assert.True(exitCode == 0, output);
    }

    private static bool Silences(string project)
    {
        var text = Repository.Read(project);
        return text.Contains("RS" + "0030", StringComparison.Ordinal)
            || text.Contains("BannedApiAnalyzers", StringComparison.Ordinal)
            || text.Contains("TreatWarningsAsErrors", StringComparison.Ordinal)
            || text.Contains("RunAnalyzers", StringComparison.Ordinal);
    }

    /// <summary>A project outside the tree that takes the shared properties as every project inside does.</summary>
    private static async Task<(int ExitCode, string Output)> BuildProbeAsync(string statement)
    {
        var folder = Directory.CreateTempSubdirectory("fedmeta-probe-");
        try
        {
            foreach (var shared in new[] { "Directory.Build.props", "Directory.Packages.props" })
                File.WriteAllText(Path.Combine(folder.FullName, shared),
                    $"<Project><Import Project=\"{Repository.Root}/{shared}\" /></Project>");
            File.WriteAllText(Path.Combine(folder.FullName, "Probe.csproj"),
                "<Project "
                + "Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>");
            File.WriteAllText(Path.Combine(folder.FullName, "Probe.cs"), statement + "\n");
            return await DotnetAsync(folder.FullName, "build", "-v", "quiet", "-nodeReuse:false",
                "-p:UseSharedCompilation=false",
                "-p:RestoreLockedMode=false", "-p:RestorePackagesWithLockFile=false",
                    $"-p:ArtifactsPath={folder.FullName}/artifacts");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The build that runs these tests leaves its own settings in the environment.
        foreach (var name in start.Environment.Keys.Where(k =>
            k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
