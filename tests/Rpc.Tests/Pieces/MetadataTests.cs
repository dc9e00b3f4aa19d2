using System.Text;
using Grpc.Core;

namespace FedMeta.Rpc.Tests.Pieces;

public sealed class MetadataTests
{
    [Fact]
    public void A_key_is_kept_in_lower_case_and_found_in_any_case()
    {
        var metadata = new Metadata { { "Round-Id", "7" } };
        Assert.Equal("round-id", metadata[0].Key);
        Assert.Equal("7", metadata.GetValue("ROUND-ID"));
    }

    [Fact]
    public void Of_several_entries_with_one_key_the_last_one_counts_and_all_are_kept_in_order()
    {
        var metadata = new Metadata { { "k", "first" }, { "other", "x" }, { "k", "last" } };
        Assert.Equal("last", metadata.GetValue("k"));
        Assert.Equal(["first", "last"], metadata.GetAll("k").Select(entry => entry.Value));
        Assert.Equal(3, metadata.Count);
    }

    [Fact]
    public void A_key_that_is_not_there_gives_null()
    {
        var metadata = new Metadata();
        Assert.Null(metadata.Get("k"));
        Assert.Null(metadata.GetValue("k"));
        Assert.Null(metadata.GetValueBytes("k-bin"));
        Assert.Empty(metadata.GetAll("k"));
    }

    [Fact]
    public void Bytes_need_the_binary_suffix_and_text_must_not_have_it()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1, 2]));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));
        Assert.True(new Metadata.Entry("key-bin", [1, 2]).IsBinary);
        Assert.False(new Metadata.Entry("key", "text").IsBinary);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("line\n")]
    [InlineData("ümlaut")]
    [InlineData("colon:")]
    public void A_key_with_a_character_that_headers_do_not_allow_is_refused(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "text"));

    [Fact]
    public void A_null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "text"));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key-bin", (byte[])null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata().Add(null!));
    }

    [Fact]
    public void Bytes_are_copied_on_the_way_in_and_on_the_way_out()
    {
        byte[] bytes = [1, 2, 3];
        var entry = new Metadata.Entry("k-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;
        Assert.Equal([1, 2, 3], entry.ValueBytes);
    }

    [Fact]
    public void Text_has_ASCII_bytes_and_bytes_have_no_text()
    {
        Assert.Equal(Encoding.ASCII.GetBytes("text"), new Metadata.Entry("k", "text").ValueBytes);
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("k-bin", [1]).Value);
    }

    [Fact]
    public void It_is_a_list()
    {
        var metadata = new Metadata();
        Metadata.Entry first = new("a", "1"), second = new("b", "2"), third = new("c", "3");
        metadata.Add(first);
        metadata.Insert(0, second);
        metadata[1] = third;
        Assert.Equal([second, third], metadata);
        Assert.Contains(third, metadata);
        Assert.Equal(1, metadata.IndexOf(third));
        Assert.True(metadata.Remove(second));
        Assert.False(metadata.Remove(second));
        metadata.RemoveAt(0);
        Assert.Empty(metadata);
        metadata.Add(first);
        metadata.Clear();
        Assert.Empty(metadata);
    }

    [Fact]
    public void The_shared_empty_metadata_cannot_be_changed()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.False(new Metadata().IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("k", "v"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }
}
