using System.Xml.Linq;

namespace FedMeta.Architecture.Tests;

/// <summary>
/// Who may know whom. The libraries that hold the mathematics stay free of hosts, sockets and each other.
/// </summary>
public sealed class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["SecureAgg"] = [],
        ["Privacy"] = [],
        ["Learning"] = [],
        ["Learning.TorchSharp"] = ["Learning"],
        ["Rpc"] = ["Rpc"],
        ["Protocol"] = ["Rpc"],
        ["Server"] = ["SecureAgg", "Protocol", "Privacy", "Learning", "Rpc"],
        ["Client"] = ["SecureAgg", "Protocol", "Privacy", "Learning", "Rpc"],
        ["Simulation"] = ["Server", "Client", "SecureAgg", "Protocol", "Privacy", "Learning", "Rpc"],
    };

    /// <summary>The parts that the product cannot be without; the TorchSharp engine is optional.</summary>
    private static readonly string[] Required =
        ["Client", "Learning", "Privacy", "Protocol", "Rpc", "SecureAgg", "Server", "Simulation"];

    [Fact]
    public void Every_part_of_the_house_is_there_and_no_other()
    {
        var parts = Repository.Projects("src").Select(Part).Distinct().ToList();

        Assert.Empty(Required.Except(parts));
        Assert.Empty(parts.Except(Allowed.Keys));
    }

    [Fact]
    public void Every_part_references_only_what_it_may()
    {
        var forbidden = from project in Repository.Projects("src")
                        from reference in References(project)
                        where !Allowed[Part(project)].Contains(reference)
                        select $"{Part(project)} -> {reference}";

        Assert.Empty(forbidden);
    }

    [Fact]
    public void The_simulation_starts_both_executables_and_so_references_both()
    {
        var simulation = Assert.Single(Repository.Projects("src"), p => Part(p) == "Simulation");

        Assert.Superset(new HashSet<string> { "Server", "Client" }, References(simulation).ToHashSet());
    }

    [Fact]
    public void No_part_of_the_product_references_a_test()
    {
        Assert.DoesNotContain(Repository.Projects("src").SelectMany(References), r =>
            r.StartsWith("tests/", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_stands_in_the_solution_and_pins_its_packages()
    {
        var solution = Repository.Read("FedMeta.sln").Replace('\\', '/');
        foreach (var project in Repository.Projects("src").Concat(Repository.Projects("tests")))
        {
            Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal);
            Assert.Contains(Path.GetDirectoryName(project)!.Replace('\\', '/') + "/packages.lock.json",
                Repository.Files);
        }
    }

    /// <summary>
    /// src/Server/FedMeta.Server.csproj is Server; src/Rpc/Grpc.Core.Api/Grpc.Core.Api.csproj is Rpc.
    /// </summary>
    private static string Part(string path) => path.Split('/') is ["src", var part, ..] ? part : path;

    private static IEnumerable<string> References(string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        var document = XDocument.Parse(Repository.Read(project));
        // A project that uses gRPC gets the contract assemblies from Directory.Build.targets.
        var rpc = document.Descendants("UsesGrpc").Select(_ => "Rpc");
        return rpc.Concat(document.Descendants("ProjectReference")
            .Select(r =>
            r.Attribute("Include")!.Value.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal))
            .Select(r => Path.GetRelativePath(Repository.Root, Path.GetFullPath(r.Replace('\\', '/'), folder)))
            .Select(r => Part(r.Replace('\\', '/'))));
    }
}
