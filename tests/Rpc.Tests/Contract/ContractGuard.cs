using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace FedMeta.Rpc.Tests.Contract;

/// <summary>Resolves, by the runtime's own loader, what a binary references in the two contract assemblies.</summary>
internal sealed class ContractGuard : IDisposable
{
    private static readonly HashSet<string> s_contract = ["Grpc.Core.Api", "Grpc.Net.Common"];

    // Generic parameters in a signature need some type to stand for them; every constraint there is "class".
    private static readonly Type[] s_standIns = [.. Enumerable.Repeat(typeof(object), 8)];

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly Module _module;

    public ContractGuard(byte[] file, Module module)
    {
        _file = new PEReader(new MemoryStream(file));
        _metadata = _file.GetMetadataReader();
        _module = module;
    }

    public static ContractGuard Of(Assembly assembly) =>
        new(File.ReadAllBytes(assembly.Location), assembly.ManifestModule);

    /// <summary>The contract assemblies as the binary names them.</summary>
    public IReadOnlyList<AssemblyName> ReferencedAssemblies() =>
    [
        .. _metadata.AssemblyReferences
            .Select(handle => _metadata.GetAssemblyReference(handle).GetAssemblyName())
            .Where(name => s_contract.Contains(name.Name!)),
    ];

    /// <summary>The types, methods and fields of the contract that the binary names, as metadata tokens.</summary>
    public IReadOnlyList<EntityHandle> References() =>
    [
        .. _metadata.TypeReferences.Where(InContract).Select(handle => (EntityHandle)handle),
        .. _metadata.MemberReferences
            .Where(handle => InContract(_metadata.GetMemberReference(handle).Parent))
            .Select(handle => (EntityHandle)handle),
    ];

    /// <summary>The references that do not resolve, in words. Empty when the contract is whole.</summary>
    public IReadOnlyList<string> Missing()
    {
        var missing = new List<string>();
        foreach (var handle in References())
        {
            try
            {
                _module.ResolveMember(MetadataTokens.GetToken(handle), s_standIns, s_standIns);
            }
            catch (Exception e) when (e is TypeLoadException or MissingMemberException)
            {
                missing.Add($"{Name(handle)}: {e.Message}");
            }
        }

        return missing;
    }

    public void Dispose() => _file.Dispose();

    private bool InContract(TypeReferenceHandle handle) => InContract((EntityHandle)handle);

    private bool InContract(EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeReference:
                var scope = _metadata.GetTypeReference((TypeReferenceHandle)type).ResolutionScope;
                return scope.Kind == HandleKind.AssemblyReference
                    ? s_contract.Contains(AssemblyOf((AssemblyReferenceHandle)scope))
                    : scope.Kind == HandleKind.TypeReference && InContract(scope);
            case HandleKind.TypeSpecification:
                // GENERICINST, CLASS or VALUETYPE, then the generic type (ECMA-335 II.23.2.14); else an array or so.
                var blob = _metadata.GetBlobReader(
                    _metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
                if (blob.ReadCompressedInteger() != (int)SignatureTypeCode.GenericTypeInstance)
                    return false;
                blob.ReadCompressedInteger();
                return InContract(blob.ReadTypeHandle());
            default:
                return false;
        }
    }

    private string AssemblyOf(AssemblyReferenceHandle handle) =>
        _metadata.GetString(_metadata.GetAssemblyReference(handle).Name);

    private string Name(EntityHandle handle) => handle.Kind == HandleKind.TypeReference
        ? _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)handle).Name)
        : _metadata.GetString(_metadata.GetMemberReference((MemberReferenceHandle)handle).Name);
}
