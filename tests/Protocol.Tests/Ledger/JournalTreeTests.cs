namespace FedMeta.Protocol.Tests.Ledger;

public class JournalTreeTests
{
    [Fact]
    public void A_leaf_is_a_line_without_its_line_feed()
    {
        var bytes = Notes.Bytes(5);
        var lines = System.Text.Encoding.ASCII.GetString(bytes).Split('\n')[..^1];
        var tree = NaiveTree.Tree(lines.Select(l => MerkleProof.LeafHash(System.Text.Encoding.ASCII.GetBytes(l))));
        using var journal = Journal.Open(new MemoryStorage(bytes), new FixedTime());
        var ours = JournalTree.Of(journal);
        Assert.Equal(5, ours.Size);
        Assert.Equal(tree.Root(), ours.Root(5));
        Assert.Equal(tree.InclusionProof(2, 5), ours.InclusionProof(3, 5));
        Assert.Equal(tree.ConsistencyProof(3, 5), ours.ConsistencyProof(3, 5));
    }

    [Fact]
    public void An_observed_journal_an_opened_one_and_an_exported_one_have_the_same_tree()
    {
        var observed = new JournalTree();
        var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, new FixedTime(), observed.Append);
        for (var i = 0; i < 9; i++) journal.Append(Notes.Note(i));
        using var exported = new MemoryStream(storage.ToArray());
        Assert.True(JournalTree.Read(exported, out var read).IsIntact);
        Assert.Equal(observed.Root(9), read.Root(9));
        Assert.Equal(observed.Root(9), JournalTree.Of(journal).Root(9));
    }

    [Fact]
    public void A_part_that_does_not_begin_at_the_beginning_has_no_tree()
    {
        using var journal = Journal.Open(new MemoryStorage(Notes.Bytes(5)), new FixedTime());
        using var part = new MemoryStream();
        journal.Export(part, 3);
        part.Position = 0;
        Assert.True(JournalTree.Read(part, out var tree).IsIntact);
        Assert.Equal(0, tree.Size);
    }

    [Fact]
    public void A_record_out_of_its_turn_is_misuse()
    {
        using var journal = Journal.Open(new MemoryStorage(Notes.Bytes(2)), new FixedTime());
        Assert.Throws<ArgumentException>(() => new JournalTree().Append(journal.Read()[1]));
    }

    [Fact]
    public void A_checkpoint_agrees_with_its_journal_and_with_no_rewritten_or_shorter_one()
    {
        var tree = Of(Notes.Bytes(5));
        var checkpoint = tree.Checkpoint("fedmeta/a/journal", 3);
        Assert.True(tree.Agrees(checkpoint));
        Assert.True(Of(Notes.Bytes(9)).Agrees(checkpoint));
        Assert.False(Of(Notes.Bytes(2)).Agrees(checkpoint));
        Assert.False(tree.Agrees(checkpoint with { Size = 4 }));
        Assert.False(tree.Agrees(checkpoint with { Size = long.MaxValue }));
        var rewritten = new MemoryStorage();
        using var journal = Journal.Open(rewritten, new FixedTime());
        foreach (var value in (int[])[1, 7, 3]) journal.Append(Notes.Note(value));
        Assert.False(JournalTree.Of(journal).Agrees(checkpoint));
    }

    private static JournalTree Of(byte[] journal)
    {
        using var stream = new MemoryStream(journal);
        Assert.True(JournalTree.Read(stream, out var tree).IsIntact);
        return tree;
    }
}
