using System.Security.Cryptography;

namespace FedMeta.Server.Rounds;

/// <summary>A masked input on its way, in one connection or in several: who sends it, and the hash of what has
/// arrived.</summary>
internal sealed class Upload(string client) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The sender.</summary>
    public string Client => client;

    /// <summary>Whether a connection carries it at present; a broken one keeps its bytes until somebody needs its
    /// place.</summary>
    public bool IsRunning { get; set; } = true;

    /// <summary>The last piece did not fit: what has arrived before it is worthless too.</summary>
    public bool IsSpoilt { get; set; }

    /// <summary>Notes a piece.</summary>
    public void Add(ReadOnlySpan<byte> piece) => _hash.AppendData(piece);

    /// <summary>Whether all that was noted has this hash.</summary>
    public bool Is(ReadOnlySpan<byte> hash) => _hash.GetCurrentHash().AsSpan().SequenceEqual(hash);

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
