using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace FedMeta.Rpc.Tests.Contract;

/// <summary>A binary that has no code and one reference into Grpc.Core.Api, to see the guard fail.</summary>
internal static class MadeUpBinary
{
    public static ContractGuard With(Func<MetadataBuilder, AssemblyReferenceHandle, EntityHandle> reference)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(
            0, metadata.GetOrAddString("MadeUp.dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(
            metadata.GetOrAddString($"MadeUp-{Guid.NewGuid()}"),
            new Version(1, 0, 0, 0),
            default,
            default,
            default,
            AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(
            default,
            default,
            metadata.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1));
        var contract = typeof(Grpc.Core.Metadata).Assembly.GetName();
        reference(metadata, metadata.AddAssemblyReference(
            metadata.GetOrAddString(contract.Name!),
            contract.Version!,
            default,
            metadata.GetOrAddBlob(contract.GetPublicKeyToken()!),
            default,
            default));

        var blob = new BlobBuilder();
        new ManagedPEBuilder(
            PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder())
            .Serialize(blob);
        var file = blob.ToArray();
        var context = AssemblyLoadContext.GetLoadContext(typeof(Grpc.Core.Metadata).Assembly)!;
        return new ContractGuard(file, context.LoadFromStream(new MemoryStream(file)).ManifestModule);
    }

    /// <summary>A reference to an instance method <c>string name(string)</c> of <c>Grpc.Core.Metadata</c>.</summary>
    public static ContractGuard Calling(string name, bool returnsNumber = false) => With((metadata, contract) =>
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(
            1,
            returnType =>
            {
                if (returnsNumber)
                    returnType.Type().Int32();
                else
                    returnType.Type().String();
            },
            parameters => parameters.AddParameter().Type().String());
        return metadata.AddMemberReference(
            Type(metadata, contract, "Metadata"), metadata.GetOrAddString(name), metadata.GetOrAddBlob(signature));
    });

    /// <summary>A reference to a type of the namespace Grpc.Core.</summary>
    public static ContractGuard Naming(string type) => With((metadata, contract) => Type(metadata, contract, type));

    private static TypeReferenceHandle Type(MetadataBuilder metadata, AssemblyReferenceHandle contract, string name) =>
        metadata.AddTypeReference(contract, metadata.GetOrAddString("Grpc.Core"), metadata.GetOrAddString(name));
}
