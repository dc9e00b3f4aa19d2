using System.Collections.Immutable;
using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Server.State;

/// <summary>A checkpoint that the coordinator signed, and who signed it after checking it.</summary>
/// <param name="Origin">The record that holds it; it covers all before that one.</param>
/// <param name="Head">Whose tree, its size and root.</param>
/// <param name="Note">The note with the coordinator's signature alone.</param>
/// <param name="Key">The coordinator's SubjectPublicKeyInfo, Base64.</param>
internal sealed record CheckpointEntry(Origin Origin, Checkpoint Head, string Note, string Key)
{
    /// <summary>The hospitals' signatures so far, by client id.</summary>
    public ImmutableSortedDictionary<string, CoSignatureEntry> CoSignatures { get; init; } =
        ImmutableSortedDictionary.Create<string, CoSignatureEntry>(StringComparer.Ordinal);

    /// <summary>The note with every signature so far: what a <c>.checkpoint</c> file holds.</summary>
    public byte[] ToBytes()
    {
        var note = new StringBuilder(Note);
        foreach (var signature in CoSignatures.Values)
            note.Append(signature.Line).Append('\n');
        return Encoding.UTF8.GetBytes(note.ToString());
    }
}
