using System.Text.RegularExpressions;

namespace FedMeta.EndToEnd.Tests;

/// <summary>
/// A block of commands of a document: <c>sh</c> is run to its end, <c>sh stays</c> keeps its terminal.
/// </summary>
internal sealed partial record TutorialBlock(string Commands, bool Stays)
{
    public static IReadOnlyList<TutorialBlock> In(string markdown) =>
        [.. Fence().Matches(markdown)
            .Select(m => new TutorialBlock(m.Groups["body"].Value, m.Groups["stays"].Success))];

    [GeneratedRegex("^```sh(?<stays> stays)?\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
