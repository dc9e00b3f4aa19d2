using System.Globalization;
using System.Text;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Synthetic;

/// <summary>
/// Invented regressions y = f(x) with columns x, y and fold, in which each site has a function of its own: a site is a
/// task, and a newcomer's function is one that nobody trained on.
/// </summary>
/// <param name="Name">As commands name it.</param>
/// <param name="Sites">Sites that train together.</param>
/// <param name="Rows">Rows of a site; every third is held out.</param>
/// <param name="Noise">Standard deviation of what is added to f(x).</param>
/// <param name="Width">x is uniform between the site's centre less and plus this.</param>
/// <param name="Spread">A site's centre is uniform between less and plus this.</param>
/// <param name="Draw">A site's function.</param>
internal sealed record TaskFamily(
    string Name, int Sites, int Rows, double Noise, double Width, double Spread,
    Func<SeededGenerator, Func<double, double>> Draw)
{
    private const ulong ProbeStream = 0x70726f6265;
    private const int ProbeRows = 200;

    /// <summary>All families.</summary>
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new("sinusoid", 8, 360, Noise: 0, Width: 5, Spread: 0, source => SineWave.Draw(source).At),
        new("lines", 8, 240, Noise: 0.1, Width: 5, Spread: 0, source =>
        {
            var (slope, intercept) = (4 * source.NextUnit() - 2, 6 * source.NextUnit() - 3);
            return x => (slope * x) + intercept;
        }),
        // One truth for all sites, of which each sees another part.
        new("linear", 6, 90, Noise: 0.1, Width: 2, Spread: 3, _ => x => (2 * x) + 1),
    ];

    /// <summary>The family of a name.</summary>
    /// <exception cref="FedMetaException">There is none.</exception>
    public static TaskFamily Named(string name) => All.FirstOrDefault(family => family.Name == name)
        ?? throw new FedMetaException(ExitCode.Usage, $"there are no tasks '{name}'",
            $"choose one of {string.Join(", ", All.Select(family => family.Name))}");

    /// <summary>Name and text of each site's CSV file, LF line ends; the last one is the newcomer.</summary>
    /// <param name="seed">The same seed gives the same bytes.</param>
    public IReadOnlyList<(string Name, string Text)> Files(int seed) =>
        [.. Enumerable.Range(0, Sites + 1).Select(site => (
            site < Sites ? string.Create(CultureInfo.InvariantCulture, $"{Name}-{site + 1:00}") : Name + "-newcomer",
            Text((ulong)seed, (ulong)site, Rows, Width)))];

    /// <summary>Rows that nobody has to protect: the CSV text of a public probe set over the whole range.</summary>
    public string Probe(int seed) => Text((ulong)seed, ProbeStream, ProbeRows, Width + Spread);

    private string Text(ulong seed, ulong stream, int rows, double width)
    {
        var source = new SeededGenerator(SeededGenerator.Derive(SeededGenerator.Derive(seed, stream), (ulong)Sites));
        var f = Draw(source);
        var centre = stream == ProbeStream ? 0 : Spread * ((2 * source.NextUnit()) - 1);
        var text = new StringBuilder("x,y,fold\n");
        for (var row = 0; row < rows; row++)
        {
            var x = centre + (width * ((2 * source.NextUnit()) - 1));
            var y = f(x) + (Noise * source.NextNormal());
            text.Append(CultureInfo.InvariantCulture, $"{x:0.0000},{y:0.0000},{(row % 3 == 2 ? "test" : "train")}\n");
        }

        return text.ToString();
    }
}
