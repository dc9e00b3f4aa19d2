namespace FedMeta.Protocol;

/// <summary>The printed names of the exit codes.</summary>
public static class ExitCodeNames
{
    /// <summary>
    /// The name as it is printed and documented: <see cref="ExitCode.WrongServerKey"/> is <c>wrong-server-key</c>.
    /// </summary>
    public static string Name(this ExitCode code)
    {
        var text = code.ToString();
        return string.Concat(text.Select((c, i) =>
            char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
    }
}
