using System.Collections;

namespace Grpc.Core;

/// <summary>
/// The header or trailer fields of a call, in order; a key may occur more than once. A key whose name ends with
/// <c>-bin</c> holds bytes, every other key holds ASCII text (gRPC over HTTP/2, "Custom-Metadata").
/// Not safe for concurrent changes.
/// </summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of the name of every key that holds bytes.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>Metadata without entries that cannot be changed.</summary>
    public static readonly Metadata Empty = new(readOnly: true);

    private readonly List<Entry> _entries = [];

    /// <summary>Makes metadata without entries.</summary>
    public Metadata()
    {
    }

    private Metadata(bool readOnly) => IsReadOnly = readOnly;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly { get; }

    /// <inheritdoc/>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Writable()[index] = value;
        }
    }

    /// <summary>The last entry with that key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entry, or null when there is none.</returns>
    public Entry? Get(string key) => _entries.FindLast(entry => entry.HasKey(key));

    /// <summary>The text of the last entry with that key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The text, or null when there is none.</returns>
    /// <exception cref="InvalidOperationException">The entry holds bytes.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry with that key; a text counts as its ASCII bytes.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>A copy of the bytes, or null when there is none.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Every entry with that key, in order.</summary>
    /// <param name="key">The key, in any case.</param>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => entry.HasKey(key));

    /// <summary>Adds an entry that holds text.</summary>
    /// <param name="key">A key without the suffix of binary keys.</param>
    /// <param name="value">ASCII text.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds an entry that holds bytes.</summary>
    /// <param name="key">A key that ends with <see cref="BinaryHeaderSuffix"/>.</param>
    /// <param name="valueBytes">The bytes; they are copied.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <inheritdoc/>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Writable().Add(item);
    }

    /// <inheritdoc/>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Writable().Insert(index, item);
    }

    /// <inheritdoc/>
    public bool Remove(Entry item) => Writable().Remove(item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => Writable().RemoveAt(index);

    /// <inheritdoc/>
    public void Clear() => Writable().Clear();

    /// <inheritdoc/>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <inheritdoc/>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    private List<Entry> Writable() => IsReadOnly
        ? throw new InvalidOperationException("This metadata is read-only.")
        : _entries;
}
