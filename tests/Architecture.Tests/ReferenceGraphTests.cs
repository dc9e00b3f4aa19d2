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
        ["Learning.TorchSharp"] = ["Learning", "Learning.TorchSharp"],
        ["Rpc"] = ["Rpc"],
        ["Protocol"] = ["Rpc"],
        ["Server"] = ["SecureAgg", "Protocol", "Privacy", "Learning", "Rpc"],
        ["Client"] = ["SecureAgg", "Protocol", "Privacy", "Learning", "Learning.TorchSharp", "Rpc"],
        ["Simulation"] = ["Server", "Client", "SecureAgg", "Protocol", "Privacy", "Learning", "Rpc"],
    };

    [Fact]
    public void Every_part_of_the_house_is_there_and_no_other()
    {
        var parts = Repository.Projects("src").Select(Part).Distinct().ToList();

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
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
        // A project that uses gRPC or TorchSharp gets the contract assemblies from Directory.Build.targets.
        var contracts = document.Descendants("UsesGrpc").Select(_ => "Rpc")
            .Concat(document.Descendants("UsesTorchSharp").Select(_ => "Learning.TorchSharp"));
        return contracts.Concat(document.Descendants("ProjectReference")
            .Select(r =>
            r.Attribute("Include")!.Value.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal))
            .Select(r => Path.GetRelativePath(Repository.Root, Path.GetFullPath(r.Replace('\\', '/'), folder)))
            .Select(r => Part(r.Replace('\\', '/'))));
    }
}
