namespace FedMeta.Protocol;

/// <summary>
/// The Merkle tree over a journal: leaf i, from 0, is the exact canonical line of record i + 1 without its line feed.
/// It is what a checkpoint commits to: whoever holds one can be shown any record, and any later journal, in a few
/// hashes.
/// </summary>
/// <remarks>Fits as a journal's observer. Not safe for use by several threads at a time.</remarks>
public sealed class JournalTree
{
    private readonly MerkleTree _tree = new();

    /// <summary>Records in the tree; the number of the last one.</summary>
    public int Size => _tree.Size;

    /// <summary>The tree of all records of a journal.</summary>
    public static JournalTree Of(Journal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var tree = new JournalTree();
        foreach (var record in journal.Read()) tree.Append(record);
        return tree;
    }

    /// <summary>
    /// The tree of an exported journal, which is verified on the way. It holds the records before the first wrong one;
    /// a part of a journal that does not begin with its first record has no tree.
    /// </summary>
    /// <param name="stream">JSON lines from anyone.</param>
    /// <param name="tree">The tree of the right records; empty where the journal does not begin with record 1.</param>
    public static JournalCheck Read(Stream stream, out JournalTree tree)
    {
        var read = new JournalTree();
        var check = JournalFile.Verify(stream, record =>
        {
            if (record.Sequence == read.Size + 1) read.Append(record);
        });
        tree = read;
        return check;
    }

    /// <summary>The leaf hash of a record.</summary>
    public static Sha256Digest LeafHash(JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var line = JournalCodec.Encode(
            record.Sequence, record.Time, record.Actor, record.Type, record.Body, record.Previous, out _);
        return MerkleProof.LeafHash(line.AsSpan(..^1));
    }

    /// <summary>Adds the next record.</summary>
    /// <exception cref="ArgumentException">It is not the next one.</exception>
    public void Append(JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Sequence != Size + 1)
            throw new ArgumentException($"record {record.Sequence} does not follow record {Size}", nameof(record));
        _tree.Append(LeafHash(record));
    }

    /// <summary>The root when the journal had <paramref name="size"/> records.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public Sha256Digest Root(int size) => _tree.Root(size);

    /// <summary>The checkpoint of the journal when it had <paramref name="size"/> records.</summary>
    /// <inheritdoc cref="Root(int)"/>
    public Checkpoint Checkpoint(string origin, int size) => new(origin, size, Root(size));

    /// <summary>The proof that record <paramref name="number"/>, from 1, stands in the journal of
    /// <paramref name="size"/> records; <see cref="MerkleProof.VerifyInclusion"/> takes the number less one.</summary>
    /// <inheritdoc cref="MerkleTree.InclusionProof"/>
    public IReadOnlyList<Sha256Digest> InclusionProof(int number, int size) => _tree.InclusionProof(number - 1, size);

    /// <summary>The proof that the journal of <paramref name="first"/> records is a prefix of that of
    /// <paramref name="second"/>.</summary>
    /// <inheritdoc cref="MerkleTree.ConsistencyProof"/>
    public IReadOnlyList<Sha256Digest> ConsistencyProof(int first, int second) => _tree.ConsistencyProof(first, second);

    /// <summary>Whether a checkpoint is of this journal: it had that root when it had that many records.</summary>
    public bool Agrees(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.Size <= Size && Root((int)checkpoint.Size) == checkpoint.Root;
    }
}
