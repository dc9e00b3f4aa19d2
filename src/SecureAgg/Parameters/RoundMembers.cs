using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>The members of a consortium: client id to the SubjectPublicKeyInfo of the identity key. A copy that does
/// not change, so that its check, its hash and the import of its keys, which cost time, are made once for all rounds
/// that use it.</summary>
public sealed class RoundMembers : IReadOnlyDictionary<string, byte[]>
{
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ECDsa?> _imported = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<string>> _problems;
    private readonly Lazy<byte[]> _hash;

    /// <summary>Copies the members.</summary>
    /// <exception cref="ArgumentException">An id stands twice.</exception>
    public RoundMembers(IEnumerable<KeyValuePair<string, byte[]>> members)
    {
        foreach (var (id, key) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            _keys.Add(id, [.. key]);
            _ids.Add(id);
        }

        _problems = new(() => [.. Check()]);
        _hash = new(Compute);
    }

    /// <summary>All that is wrong with ids and keys, in words; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems => _problems.Value;

    /// <inheritdoc/>
    public int Count => _keys.Count;

    /// <summary>The ids, ascending (ordinal).</summary>
    public IEnumerable<string> Keys => _ids;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Values => _ids.Select(id => _keys[id]);

    /// <summary>Hash of all ids and keys, 32 bytes.</summary>
    internal ReadOnlySpan<byte> Hash => _hash.Value;

    /// <summary>Whether the signature is the member's over the statement. A member's key is imported once; may be asked
    /// by several threads.</summary>
    /// <param name="clientId">Anyone; false for one who is no member.</param>
    /// <param name="statement">What is signed.</param>
    /// <param name="signature">Of any length.</param>
    internal bool IsSignedBy(string clientId, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        if (!_keys.TryGetValue(clientId, out var publicKey)) return false;
        var imported = _imported.GetOrAdd(clientId, _ => IdentitySignature.TryImport(publicKey));
        if (imported is null) return false;
        lock (imported) return IdentitySignature.Verify(imported, statement, signature);
    }

    /// <inheritdoc/>
    public byte[] this[string key] => _keys[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _keys.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out byte[] value) => _keys.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, byte[]>> GetEnumerator() =>
        _ids.Select(id => KeyValuePair.Create(id, _keys[id])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<string> Check()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, key) in this)
        {
            if (!ClientIds.IsValid(id)) yield return $"client id '{id}' is not of the form [a-z0-9-]{{1,48}}";
            if (!IdentitySignature.IsValidPublicKey(key)) yield return $"the key of '{id}' is not a P-256 key";
            if (!seen.Add(Convert.ToHexString(key))) yield return $"the key of '{id}' belongs to another member too";
        }
    }

    private byte[] Compute()
    {
        using var hash = new CanonicalHash("members");
        hash.Add(_keys.Count);
        foreach (var (id, key) in this) hash.Add(id).Add(key);
        return hash.Finish();
    }
}
