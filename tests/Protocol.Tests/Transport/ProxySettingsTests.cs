namespace FedMeta.Protocol.Tests;

public class ProxySettingsTests
{
    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("", "http://p:3128", null, "p:3128")]
    [InlineData("", "p:3128", null, "p:3128")]
    [InlineData("http://mine:8080", "http://p:3128", null, "mine:8080")]
    [InlineData("none", "http://p:3128", null, null)]
    [InlineData("", "http://p:3128", "fl.example.org", null)]
    [InlineData("", "http://p:3128", "localhost, .example.org", null)]
    [InlineData("", "http://p:3128", "example.org", null)]
    [InlineData("", "http://p:3128", "*", null)]
    [InlineData("", "http://p:3128", "ample.org", "p:3128")]
    [InlineData("http://mine:8080", null, "*", "mine:8080")]
    [InlineData("", "http://user:p%40ss@p:3128", null, "p:3128 (with a password)")]
    public void The_configuration_goes_before_the_environment(
        string configured, string? https, string? no, string? expected)
    {
        foreach (var lower in (bool[])[false, true])
        {
            var variables = new Dictionary<string, string?>
            {
                [lower ? "https_proxy" : "HTTPS_PROXY"] = https,
                [lower ? "no_proxy" : "NO_PROXY"] = no,
            };
            var proxy = ProxySettings.Choose(configured, "fl.example.org", variables.GetValueOrDefault);
            Assert.Equal(expected, proxy?.ToString());
        }
    }

    [Theory]
    [InlineData("ftp://p:1")]
    [InlineData("https://p:1")]
    [InlineData("http://")]
    [InlineData("http://p:99999")]
    [InlineData("http://p:1/path")]
    [InlineData("http://p:1/?q")]
    [InlineData("http:// p")]
    public void Other_texts_are_no_proxies(string text)
    {
        Assert.False(ProxySettings.TryParse(text, out _));
        var error = Assert.Throws<FedMetaException>(() => ProxySettings.Choose(text, "h", _ => null));
        Assert.Equal(ExitCode.Configuration, error.Code);
    }

    [Fact]
    public void A_wrong_proxy_with_a_password_is_not_printed()
    {
        var error = Assert.Throws<FedMetaException>(() => ProxySettings.Choose("ftp://user:hunter2@p", "h", _ => null));
        Assert.DoesNotContain("hunter2", error.What + error.Hint, StringComparison.Ordinal);
    }
}
