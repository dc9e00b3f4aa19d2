using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TorchSharp;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>The contract holds what the engine calls, as the package has it, and nothing else.</summary>
public sealed class ContractTests
{
    [ContractFact]
    public void What_the_contract_offers_is_what_the_engine_calls()
    {
        var called = CalledByTheEngine();
        var uncalled = Signatures.Of(typeof(torch).Assembly)
            .Where(member => member.Text[0] == '(' && !called.Contains(member.Name) && member.Name != "Dispose")
            .Where(member => !called.Contains(Other(member.Name))).Select(member => $"{member.Type}.{member.Name}");
        Assert.Empty(uncalled);
    }

    [ContractFact]
    public void What_ends_the_process_or_leaks_is_not_offered()
    {
        var names = Signatures.Of(typeof(torch).Assembly).Select(signature => signature.Name).ToHashSet();
        foreach (var trap in (string[])["matmul", "grad", "baddbmm", "set_requires_grad", "requires_grad_", "vmap"])
            Assert.DoesNotContain(trap, names);
        Assert.Null(typeof(torch.autograd).GetMethod("grad"));
        Assert.Null(typeof(torch.Tensor).GetMethod("backward"));
    }

    [ContractFact]
    public void Whatever_is_called_in_a_build_without_the_package_says_how_to_build_with_it()
    {
        var fault = Assert.Throws<PlatformNotSupportedException>(() => torch.NewDisposeScope());
        Assert.Contains("docs/gpu.md", fault.Message, StringComparison.Ordinal);
        Assert.Null(TorchSharpEngine.Find(TorchDevice.Any, out var why));
        Assert.Equal(fault.Message, why);
    }

    [PackageFact]
    public void The_package_has_every_member_of_the_contract_with_its_signature_and_defaults()
    {
        var contract = Signatures.Of(typeof(torch).Assembly).ToList();
        var types = contract.Select(member => member.Type).Distinct();
        var package = Signatures.Of(Package.Load(), types).Select(each => each.ToString()).ToHashSet();
        Assert.Empty(contract.Select(each => each.ToString()).Except(package));
    }

    // A property comes with both of its halves.
    private static string Other(string accessor) => accessor.StartsWith("get_", StringComparison.Ordinal)
        ? "set_" + accessor[4..]
        : accessor.StartsWith("set_", StringComparison.Ordinal) ? "get_" + accessor[4..] : "";

    private static HashSet<string> CalledByTheEngine()
    {
        using var file = File.OpenRead(typeof(TorchSharpEngine).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var called = new HashSet<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference)
                type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            if (metadata.GetString(type.Namespace) == "TorchSharp") called.Add(metadata.GetString(member.Name));
        }

        return called;
    }
}
