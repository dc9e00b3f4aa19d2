namespace FedMeta.Protocol.Tests;

public class NamesTests
{
    [Theory]
    [InlineData("Seoul General", "seoul-general")]
    [InlineData("  St. Mary's (East)  ", "st-mary-s-east")]
    [InlineData("UCI-2", "uci-2")]
    [InlineData("--a--", "a")]
    public void A_name_becomes_an_id(string name, string id) => Assert.Equal(id, ClientId.FromName(name));

    [Fact]
    public void Names_that_do_not_survive_whole_get_a_mark_that_keeps_them_apart()
    {
        string[] names =
        [
            "서울대병원", "부산대병원", "Hôpital", "Hpital", "server", "operator", "!!!",
            new('x', 60), new string('x', 60) + "y",
        ];
        var ids = names.Select(ClientId.FromName).ToList();
        Assert.All(ids, id => Assert.True(ClientId.IsValid(id), id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.StartsWith("h-pital-", ids[2], StringComparison.Ordinal);
        Assert.StartsWith("site-", ids[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("a b")]
    [InlineData("server")]
    [InlineData("é")]
    [InlineData(null)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Other_texts_are_no_ids(string? text) => Assert.False(ClientId.IsValid(text));

    [Fact]
    public void Every_name_gives_an_id() => Properties.Holds(
        Properties.Text(60), name => string.IsNullOrWhiteSpace(name) || ClientId.IsValid(ClientId.FromName(name)));

    [Fact]
    public void A_fingerprint_is_six_words_of_three_open_syllables()
    {
        Properties.Holds(Properties.Bytes(100), key =>
        {
            var words = KeyFingerprint.Of(key).Split(' ');
            return words.Length == 6 && words.All(word => word.Length == 6
                && word.Where((_, i) => i % 2 == 0).All(c => "bdghjklmnpst".Contains(c, StringComparison.Ordinal))
                && word.Where((_, i) => i % 2 == 1).All(c => "aeiou".Contains(c, StringComparison.Ordinal)));
        });
    }

    // Computed from the definition with another program (Python 3, hashlib and its integers).
    [Theory]
    [InlineData("", "jemugo lapitu kijila jumenu nemasi bikapa")]
    [InlineData("0001020304050607", "gakuja munohi tenuki nokidu jisumo nopaka")]
    public void A_fingerprint_is_the_documented_one(string key, string words) =>
        Assert.Equal(words, KeyFingerprint.Of(Convert.FromHexString(key)));

    [Fact]
    public void A_pin_has_one_text()
    {
        var pin = KeyPin.Of("key"u8);
        Assert.Equal("LHDhK3oGRvkiefQnx7OOczTY5Tic_xZ6HcMOc_gmtoM", KeyPin.Of("key"u8).ToString());
        Assert.True(KeyPin.TryParse(pin.ToString(), out var again));
        Assert.Equal(pin, again);
        var text = pin.ToString();
        string[] others =
            ["", text[..42], text + "A", text + "=", text.Replace('_', '/'), text[..42] + "B", " " + text[1..]];
        foreach (var wrong in others) Assert.False(KeyPin.TryParse(wrong, out _), wrong);
    }

    [Fact]
    public void A_digest_has_one_text()
    {
        var digest = Sha256Digest.Of("abc"u8);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest.ToString());
        Assert.True(Sha256Digest.TryParse(digest.ToString(), out var again));
        Assert.Equal(digest, again);
        Assert.Equal(digest, new Sha256Digest(digest.ToArray()));
        Assert.False(Sha256Digest.TryParse(digest.ToString().ToUpperInvariant(), out _));
        Assert.False(Sha256Digest.TryParse(digest.ToString()[1..], out _));
        Assert.False(Sha256Digest.TryFrom(new byte[31], out _));
        Assert.Throws<ArgumentException>(() => new Sha256Digest(new byte[33]));
    }

    [Theory]
    [InlineData("fl.example.org", "fl.example.org", 443)]
    [InlineData("FL.example.org:8443", "fl.example.org", 8443)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("[::1]:8443", "::1", 8443)]
    [InlineData("[::1]", "::1", 443)]
    public void An_address_is_host_and_port(string text, string host, int port)
    {
        Assert.True(ServerAddress.TryParse(text, out var address));
        Assert.Equal(new ServerAddress(host, port), address);
        Assert.True(ServerAddress.TryParse(address.ToString(), out var again));
        Assert.Equal(address, again);
        Assert.Equal(port, address.Uri.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":443")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:080")]
    [InlineData("host:-1")]
    [InlineData("host:4 3")]
    [InlineData("a..b")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[host]:1")]
    [InlineData("[]")]
    [InlineData("https://host")]
    public void Other_texts_are_no_addresses(string text) => Assert.False(ServerAddress.TryParse(text, out _));
}
