using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FedMeta.Client.Adaptation.Pages;
using FedMeta.Client.Commands;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Adaptation;

/// <summary>An evaluation on disk: the facts as JSON, the same numbers as pictures, and a page that holds
/// them.</summary>
internal static class EvaluationFiles
{
    /// <summary>Name of the picture of intervals.</summary>
    public const string Sites = "models";

    /// <summary>Name of the picture of predicted against observed.</summary>
    public const string Reliability = "reliability";

    /// <summary>Name of the adaptation curves.</summary>
    public const string Curves = "curves";

    /// <summary>Writes <paramref name="path"/> and, beside it, NAME-models.svg, NAME-reliability.svg, NAME-curves.svg
    /// and NAME.html.</summary>
    /// <returns>What was written, the JSON document first.</returns>
    /// <exception cref="FedMetaException">The disk refuses, or the name is the page's.</exception>
    public static IReadOnlyList<string> Write(string path, EvaluationReport report)
    {
        var stem = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path));
        if (string.Equals(path, $"{stem}.html", StringComparison.OrdinalIgnoreCase))
        {
            throw new FedMetaException(ExitCode.Usage, $"{path} would hold the page and not the figures",
                "give a name that ends with .json; the page is written beside it");
        }

        var pictures = Pictures(report);
        DurableFile.Write(path,
            JsonSerializer.SerializeToUtf8Bytes(report, OutputShapes.Default.EvaluationReport), secret: true);
        List<string> written = [path];
        foreach (var (name, picture) in pictures) written.Add(Save($"{stem}-{name}.svg", $"{picture}\n"));
        written.Add(Save($"{stem}.html", EvaluationPage.Render(report, pictures)));
        return written;
    }

    /// <summary>Writes text that describes patients.</summary>
    public static string Save(string path, string text)
    {
        DurableFile.Write(path, Encoding.UTF8.GetBytes(text), secret: true);
        return path;
    }

    private static SortedDictionary<string, XElement> Pictures(EvaluationReport report)
    {
        var pictures = new SortedDictionary<string, XElement>(StringComparer.Ordinal)
        {
            [Sites] = SiteTablePicture.Draw($"{report.Study}: models on this hospital's held-out patients",
                report.Outcome,
                [.. report.Models.Select(row => new SiteRow("this hospital", row.Model, row.Evaluation))]),
        };
        if (report.Reliability.Count > 0)
        {
            pictures[Reliability] = ReliabilityPicture.Draw($"{report.Study}: predicted against observed",
                [.. report.Reliability.Select(diagram => (diagram.Model, diagram.Bins))]);
        }

        if (report.Curves.Count > 0)
        {
            pictures[Curves] = CurvePicture.Draw(
                $"{report.Study}: what labelled patients bring", report.Outcome, report.Curves);
        }

        return pictures;
    }
}
