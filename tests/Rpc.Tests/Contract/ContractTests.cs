using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;

namespace FedMeta.Rpc.Tests.Contract;

/// <summary>The contract assemblies hold everything that the client's and the server's binary ask of them.</summary>
public sealed class ContractTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static TheoryData<string> Binaries => ["client", "server"];

    [Theory]
    [MemberData(nameof(Binaries))]
    public void Every_type_method_and_field_that_a_binary_references_resolves(string binary)
    {
        using var guard = ContractGuard.Of(Binary(binary));
        Assert.True(guard.References().Count > 80, $"only {guard.References().Count} references were found");
        Assert.Empty(guard.Missing());
    }

    [Theory]
    [MemberData(nameof(Binaries))]
    public void The_contract_has_the_version_and_the_key_that_a_binary_asks_for(string binary)
    {
        using var guard = ContractGuard.Of(Binary(binary));
        var asked = guard.ReferencedAssemblies();
        Assert.Equal(["Grpc.Core.Api", "Grpc.Net.Common"], asked.Select(name => name.Name).Order());
        foreach (var name in asked)
        {
            var inside = name.Name == "Grpc.Core.Api" ? typeof(Metadata) : typeof(ConnectivityState);
            var found = inside.Assembly.GetName();
            Assert.Equal(name.Name, found.Name);
            Assert.Equal(name.Version, found.Version);
            Assert.Equal(name.GetPublicKeyToken(), found.GetPublicKeyToken());
        }
    }

    [Theory]
    [MemberData(nameof(Binaries))]
    public void Every_type_of_a_binary_loads_and_every_override_finds_what_it_overrides(string binary)
    {
        var overrides = Binary(binary).GetTypes() // throws where an abstract or interface member is left open
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot))
            .ToList();
        Assert.NotEmpty(overrides);
        Assert.DoesNotContain(overrides, method => method.GetBaseDefinition().DeclaringType == method.DeclaringType);
    }

    [Fact]
    public void The_guard_finds_a_type_that_is_not_there()
    {
        using var absent = MadeUpBinary.Naming("NoSuchType");
        Assert.Contains("NoSuchType", Assert.Single(absent.Missing()));
        using var present = MadeUpBinary.Naming("Metadata");
        Assert.Single(present.References());
        Assert.Empty(present.Missing());
    }

    [Fact]
    public void The_guard_finds_a_method_that_is_not_there_or_has_another_signature()
    {
        using var absent = MadeUpBinary.Calling("NoSuchMethod");
        Assert.Contains("NoSuchMethod", Assert.Single(absent.Missing()));
        using var other = MadeUpBinary.Calling("GetValue", returnsNumber: true);
        Assert.Contains("GetValue", Assert.Single(other.Missing()));
        using var present = MadeUpBinary.Calling("GetValue");
        Assert.Empty(present.Missing());
    }

    private static Assembly Binary(string binary) =>
        (binary == "client" ? typeof(GrpcChannel) : typeof(GrpcServiceOptions)).Assembly;
}
