using System.Text;
using FsCheck.Fluent;

namespace FedMeta.Protocol.Tests;

public class TomlReaderTests
{
    [Fact]
    public void All_kinds_of_values_are_read_with_their_lines()
    {
        var root = Good("""
            # a comment
            text = "a \"b\" \\ \u00e9 \U0001F600 \t"   # behind
            raw = 'C:\data'
            whole = -1_000
            number = 6.5e-3
            yes = true

            no = false
            list = [ 1, 2.5, "x", # inside
              [true],
            ]
            "quoted key" = 1
            [a.b]
            k = 1
            [a]
            k = 2
            [[m]]
            id = 1
            [[m]]
            id = 2
            """);
        Assert.Equal("a \"b\" \\ é 😀 \t", ((TomlText)root["text"]).Value);
        Assert.Equal(@"C:\data", ((TomlText)root["raw"]).Value);
        Assert.Equal(new TomlInteger(4, -1000), root["whole"]);
        Assert.Equal(new TomlNumber(5, 0.0065), root["number"]);
        Assert.Equal(new TomlToggle(6, true), root["yes"]);
        Assert.Equal(new TomlToggle(8, false), root["no"]);
        Assert.Equal(4, ((TomlArray)root["list"]).Items.Count);
        Assert.Equal(new TomlInteger(12, 1), root["quoted key"]);
        Assert.Equal(["b", "k"], ((TomlTable)root["a"]).Keys);
        Assert.Equal(2, ((TomlTableArray)root["m"]).Tables.Count);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_read()
    {
        var root = Good("\uFEFFa = 1\r\n[b]\r\nc = [\r\n1,\r\n2]\r\n");
        Assert.Equal(2, ((TomlArray)((TomlTable)root["b"])["c"]).Items.Count);
    }

    [Theory]
    [InlineData("a = 1\na = 2", 2, "'a' stands twice")]
    [InlineData("[a]\n[a]", 2, "'a' stands twice")]
    [InlineData("a = 1\n[a]", 2, "'a' stands twice")]
    [InlineData("a = 1\n[a.b]", 2, "'a' stands twice")]
    [InlineData("[a]\n[[a]]", 2, "'a' stands twice")]
    [InlineData("[[a]]\n[a]", 2, "'a' stands twice")]
    [InlineData("[a.b]\n[a]\nb = 1", 3, "'b' stands twice")]
    [InlineData("a = ", 1, "stands where a value should")]
    [InlineData("a", 1, "'a' has no value")]
    [InlineData("a.b = 1", 1, "followed by a dot")]
    [InlineData("= 1", 1, "stands where a key should")]
    [InlineData("a = 1 b = 2", 1, "stands where the line should end")]
    [InlineData("a = hello", 1, "'hello' is no value")]
    [InlineData("a = 1979-05-27", 1, "is no number")]
    [InlineData("a = 0x1F", 1, "is no number")]
    [InlineData("a = inf", 1, "is no value")]
    [InlineData("a = -nan", 1, "is no number")]
    [InlineData("a = 012", 1, "is no number")]
    [InlineData("a = 1.", 1, "is no number")]
    [InlineData("a = .5", 1, "is no number")]
    [InlineData("a = 1__0", 1, "is no number")]
    [InlineData("a = 1_", 1, "is no number")]
    [InlineData("a = 1e", 1, "is no number")]
    [InlineData("a = 1e999", 1, "is too large")]
    [InlineData("a = 99999999999999999999", 1, "is too large")]
    [InlineData("a = \"x", 1, "no closing quote")]
    [InlineData("a = \"x\n\"", 1, "no closing quote")]
    [InlineData("a = \"\\x\"", 1, "unknown escape")]
    [InlineData("a = \"\\u12\"", 1, "fewer than 4 digits")]
    [InlineData("a = \"\\ud800\"", 1, "is no character")]
    [InlineData("a = \"\\U00110000\"", 1, "is no character")]
    [InlineData("a = \"\"\"x\"\"\"", 1, "over several lines")]
    [InlineData("a = \"\u0001\"", 1, "U+0001 stands in a text")]
    [InlineData("# \u0001", 1, "U+0001 stands in a comment")]
    [InlineData("a = {b = 1}", 1, "a table stands where a value should")]
    [InlineData("a = [1 2]", 1, "stands in a list")]
    [InlineData("a = [1,", 1, "a list has no end")]
    [InlineData("a = [[[[[1]]]]]", 1, "too deep")]
    [InlineData("[a", 1, "no closing bracket")]
    [InlineData("[[a]", 1, "no closing bracket")]
    [InlineData("[a.b.c.d.e]", 1, "too many parts")]
    [InlineData("[]", 1, "stands where a key should")]
    [InlineData("a = 1\r", 1, "stands where the line should end")]
    public void A_mistake_is_named_with_its_line(string text, int line, string what)
    {
        var problems = new List<DocumentProblem>();
        TomlReader.Read(Encoding.UTF8.GetBytes(text), problems);
        Assert.Equal(line, problems[0].Line);
        Assert.Contains(what, problems[0].What, StringComparison.Ordinal);
        Assert.NotEmpty(problems[0].Hint);
    }

    [Fact]
    public void Reading_goes_on_after_a_mistake()
    {
        var problems = new List<DocumentProblem>();
        var root = TomlReader.Read("a = ?\nb = 2\n[c\nd = 4\n[e]\nf = 'x\ng = 7\n"u8, problems);
        Assert.Equal([1, 3, 6], problems.Select(problem => problem.Line));
        Assert.Equal(["b", "e"], root.Keys);
        Assert.Equal(["g"], ((TomlTable)root["e"]).Keys);
    }

    [Fact]
    public void A_key_with_control_characters_is_not_printed_as_it_is()
    {
        var problems = new List<DocumentProblem>();
        TomlReader.Read("\"\\n\\u001b\" = 1\n\"\\n\\u001b\" = 2\n"u8, problems);
        Assert.All(Assert.Single(problems).ToString(), c => Assert.False(char.IsControl(c)));
    }

    [Fact]
    public void Too_long_a_text_is_not_read()
    {
        var problems = new List<DocumentProblem>();
        TomlReader.Read(new byte[TomlLimits.Bytes + 1], problems);
        Assert.Contains("bytes", Assert.Single(problems).What, StringComparison.Ordinal);
        problems.Clear();
        TomlReader.Read([(byte)'a', (byte)'=', 0xFF], problems);
        Assert.Contains("UTF-8", Assert.Single(problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_texts_give_a_bounded_number_of_problems_and_never_an_exception()
    {
        var sample = File.ReadAllBytes(Samples.Heart);
        static bool IsBounded(byte[] bytes)
        {
            var problems = new List<DocumentProblem>();
            TomlReader.Read(bytes, problems);
            return problems.Count <= TomlLimits.Problems;
        }

        Properties.Holds(Properties.Bytes(300), IsBounded, 500);
        Properties.Holds(Properties.Text(200).Select(text => Encoding.UTF8.GetBytes(text)), IsBounded, 500);
        Properties.Holds(Properties.Mutation(sample), IsBounded, 500);
        string[] patterns =
            ["[", "[[", "a=[", "a=[[", "\"", "a=\"\\u", "a.", "#\n", "a\n", "[a]\n", "[[a]]\n", "a=1,", "\n"];
        foreach (var pattern in patterns)
            Assert.True(IsBounded(
                Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(pattern, TomlLimits.Bytes / pattern.Length)))));
    }

    private static TomlTable Good(string text)
    {
        var problems = new List<DocumentProblem>();
        var root = TomlReader.Read(Encoding.UTF8.GetBytes(text), problems);
        Assert.Empty(problems);
        return root;
    }
}
