using System.Text.Json;

namespace FedMeta.Protocol.Tests;

public class ErrorReportTests
{
    private static readonly FedMetaException Fault = new(ExitCode.WrongServerKey, "the key is another", "ask IT");

    [Fact]
    public void An_error_is_printed_as_what_hint_and_code()
    {
        var text = new StringWriter();
        ErrorReport.From(Fault).WriteText(text);
        Assert.Equal("error: the key is another\nhint: ask IT\ncode: 21 wrong-server-key\n", text.ToString());
    }

    [Fact]
    public void An_error_is_one_JSON_object_on_one_line()
    {
        var text = new StringWriter();
        ErrorReport.From(new FedMetaException(ExitCode.DiskFull, "line\nbreak \"quoted\"", "free some")).WriteJson(
            text);
        Assert.Equal(1, text.ToString().Count(c => c == '\n'));
        var json = JsonDocument.Parse(text.ToString()).RootElement;
        Assert.Equal("line\nbreak \"quoted\"", json.GetProperty("error").GetString());
        Assert.Equal("free some", json.GetProperty("hint").GetString());
        Assert.Equal(31, json.GetProperty("code").GetInt32());
        Assert.Equal("disk-full", json.GetProperty("name").GetString());
    }

    [Fact]
    public void A_name_from_outside_cannot_draw_a_line_of_its_own()
    {
        var text = new StringWriter();
        new ErrorReport(ExitCode.NotFound, "no study 'x\ncode: 0 ok\u001b[2J'", "list them").WriteText(text);
        Assert.Equal(3, text.ToString().Count(c => c == '\n'));
        Assert.DoesNotContain('\u001b', text.ToString());
        Assert.Contains("x\\u000acode: 0 ok\\u001b[2J", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_explains_is_a_defect()
    {
        var report = ErrorReport.From(new InvalidOperationException("what was that"));
        Assert.Equal(ExitCode.Unexpected, report.Code);
        Assert.Contains("InvalidOperationException: what was that", report.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_inner_exception_is_what_counts()
    {
        var report = ErrorReport.From(new AggregateException(Fault));
        Assert.Equal(new ErrorReport(Fault.Code, Fault.What, Fault.Hint), report);
    }

    [Fact]
    public void A_fault_needs_a_code_a_what_and_a_hint()
    {
        Assert.Throws<ArgumentException>(() => new FedMetaException(ExitCode.Ok, "what", "hint"));
        Assert.Throws<ArgumentException>(() => new FedMetaException(ExitCode.Usage, " ", "hint"));
        Assert.Throws<ArgumentException>(() => new FedMetaException(ExitCode.Usage, "what", ""));
    }
}
