using System.Text;

namespace FedMeta.Protocol.Tests;

public class ConfigurationFileTests
{
    private static readonly TextSetting Server = new("", "server", "Where the server is", 200);
    private static readonly TextSetting Proxy = new("", "proxy", "Proxy", 200, "");
    private static readonly ToggleSetting Gpu = new("", "gpu", "Whether to train on a GPU", false);
    private static readonly NumberSetting MaxEpsilon = new("limits", "max_epsilon", "Most epsilon", 0, 100, 3.0);
    private static readonly IntegerSetting MinRows = new("limits", "min_rows", "Fewest rows", 1, 1000, 20);
    private static readonly TextListSetting Approvers = new("limits", "approvers", "Who may approve", 3, 20);
    private static readonly WordSetting Level = new("log", "level", "How much is logged", ["info", "debug"], "info");
    private static readonly DurationSetting Keep = new(
        "log", "keep", "How long", TimeSpan.FromHours(1), TimeSpan.FromDays(90), TimeSpan.FromDays(7));
    private static readonly SettingSet Set = new(
        "client.toml", 12, [Server, Proxy, Gpu, MaxEpsilon, MinRows, Approvers, Level, Keep]);

    [Fact]
    public void Values_and_defaults_are_read()
    {
        var reader = Read("server = \"fl\"\n[limits]\nmax_epsilon = 1\napprovers = [\"Kim\", \"Lee\"]\n");
        Assert.Empty(reader.Problems);
        Assert.Equal("fl", reader.Get(Server));
        Assert.Equal("", reader.Get(Proxy));
        Assert.False(reader.Get(Gpu));
        Assert.Equal(1.0, reader.Get(MaxEpsilon));
        Assert.Equal(20, reader.Get(MinRows));
        Assert.Equal(["Kim", "Lee"], reader.Get(Approvers));
        Assert.Equal(TimeSpan.FromDays(7), reader.Get(Keep));
        Assert.True(reader.Has(MaxEpsilon));
        Assert.False(reader.Has(MinRows));
    }

    [Theory]
    [InlineData("sever = \"fl\"", "there is no key 'sever'", "did you mean 'server'?")]
    [InlineData("min_rows = 3", "there is no key 'min_rows'", "it stands in [limits]")]
    [InlineData("[limits]\nserver = 1", "there is no key 'limits.server'", "it stands at the top of the file")]
    [InlineData("[limit]", "there is no table 'limit'", "did you mean [limits]?")]
    [InlineData("[[limits]]", "there is no table 'limits'", "did you mean [limits]?")]
    [InlineData("zzzzzz = 1", "there is no key 'zzzzzz'", "the keys here are server, proxy, gpu")]
    [InlineData("[log]\nlevel = \"debgu\"", "'log.level' is \"debgu\"; did you mean \"debug\"?", "one of info, debug")]
    [InlineData("[log]\nlevel = 1", "'log.level' is a whole number", "one of info, debug")]
    [InlineData("[limits]\nmin_rows = 1001", "'limits.min_rows' is 1001", "whole number, 1 to 1000")]
    [InlineData("[limits]\nmin_rows = 1.0", "'limits.min_rows' is a number", "whole number, 1 to 1000")]
    [InlineData("[limits]\nmax_epsilon = 0", "'limits.max_epsilon' is 0.0", "number above 0.0, up to 100.0")]
    [InlineData("[limits]\nmax_epsilon = 9007199254740993", "'limits.max_epsilon' is a whole number", "number above")]
    [InlineData("[limits]\napprovers = [\"a\", \"b\", \"c\", \"d\"]", "has 4 entries", "list of up to 3 texts")]
    [InlineData("[limits]\napprovers = [1]", "an entry that is no such text", "list of up to 3 texts")]
    [InlineData("gpu = \"yes\"", "'gpu' is a text", "true or false")]
    [InlineData("proxy = \"a\\nb\"", "'proxy' is \"a\\nb\"", "text of 0 to 200 characters")]
    [InlineData("[log]\nkeep = \"1w\"", "'log.keep' is \"1w\"", "duration, \"1h\" to \"90d\"")]
    public void A_mistake_names_what_was_meant(string text, string what, string hint)
    {
        var wrong = text.StartsWith("sever", StringComparison.Ordinal) ? text : "server = \"fl\"\n" + text;
        var problem = Read(wrong).Problems[^1];
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_make_one_error()
    {
        var reader = Read("gpu = 1\nproxy = 2\n");
        var error = Assert.Throws<FedMetaException>(() => ConfigurationFile.ThrowIfAny("client.toml", reader.Problems));
        Assert.Equal(ExitCode.Configuration, error.Code);
        Assert.StartsWith("client.toml has 3 problems: 'server' is missing", error.What, StringComparison.Ordinal);
        Assert.Contains("line 1: 'gpu' is a whole number", error.What, StringComparison.Ordinal);
        Assert.Contains("line 2: 'proxy' is a whole number", error.What, StringComparison.Ordinal);
        ConfigurationFile.ThrowIfAny("client.toml", []);
    }

    [Fact]
    public void A_composed_file_explains_every_key_and_reads_back()
    {
        var text = ConfigurationFile.Compose(Set, new Dictionary<SettingKey, string>
        {
            [Server] = Server.Write("fl.example.org"),
            [MaxEpsilon] = MaxEpsilon.Write(2),
        });
        var reader = Read(text);
        Assert.Empty(reader.Problems);
        Assert.Equal("fl.example.org", reader.Get(Server));
        Assert.Equal(2.0, reader.Get(MaxEpsilon));
        Assert.False(reader.Has(MinRows));
        Assert.All(Set.Keys, key => Assert.Contains($"# {key.Summary}: {key.Range}\n", text, StringComparison.Ordinal));
        Assert.Contains("# min_rows = 20\n", text, StringComparison.Ordinal);

        var allOn = text.Replace("\n# min_rows", "\nmin_rows", StringComparison.Ordinal).Replace(
            "\n# keep", "\nkeep", StringComparison.Ordinal);
        Assert.Empty(Read(allOn).Problems);
        Assert.Throws<ArgumentException>(() => ConfigurationFile.Compose(Set, new Dictionary<SettingKey, string>()));
    }

    [Fact]
    public void A_file_cannot_have_more_keys_than_its_cap_nor_one_twice()
    {
        Assert.Throws<ArgumentException>(() => new SettingSet("x", 2, [Server, Proxy, Gpu]));
        Assert.Throws<ArgumentException>(() => new SettingSet("x", 9, [Server, Server]));
        Assert.Throws<ArgumentException>(() => Read("").Get(new ToggleSetting("", "other", "Other", false)));
    }

    [Fact]
    public void Faults_of_the_file_system_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            ExitCode.NotFound, Assert.Throws<FedMetaException>(() => ConfigurationFile.Read(folder["none"], Set)).Code);
        File.WriteAllBytes(folder["large"], new byte[TomlLimits.Bytes + 1]);
        Assert.Equal(ExitCode.Configuration, Assert.Throws<FedMetaException>(
            () => ConfigurationFile.Read(folder["large"], Set)).Code);
        File.WriteAllText(folder["good"], "server = \"fl\"");
        Assert.Equal("fl", ConfigurationFile.Read(folder["good"], Set).Get(Server));
    }

    [Fact]
    public void Hostile_bytes_give_problems_and_never_an_exception() =>
        Properties.Holds(Properties.Bytes(200), bytes => SettingsReader.Read(bytes, Set).Problems.Count > 0);

    private static SettingsReader Read(string text) => SettingsReader.Read(Encoding.UTF8.GetBytes(text), Set);
}
