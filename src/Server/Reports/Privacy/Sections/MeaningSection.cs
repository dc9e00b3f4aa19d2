namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>The headline claim for a person to judge.</summary>
/// <param name="OddsFactor">e^epsilon; null where the delta is refused and where epsilon is above 709, whose power no
/// number of JSON's readers holds.</param>
/// <param name="FalsePositiveRate">Absent units that a test wrongly accuses, 1 in 100.</param>
/// <param name="TestPower">Present units that it then finds at most.</param>
/// <param name="Beliefs">How far a belief can move.</param>
/// <param name="Texts">Sentences, assumptions and what is not protected, English and Korean.</param>
internal sealed record MeaningSection(double? OddsFactor, double? FalsePositiveRate, double? TestPower,
    IReadOnlyList<MeaningSection.Belief> Beliefs, IReadOnlyList<MeaningSection.Text> Texts)
{
    /// <summary>A belief that a unit's data were used, before and after.</summary>
    internal sealed record Belief(double Before, double AtLeast, double AtMost);

    /// <summary>The words of one language (BCP 47 tag).</summary>
    internal sealed record Text(string Language, IReadOnlyList<string> Meaning, IReadOnlyList<string> Assumptions,
        IReadOnlyList<string> NotProtected);
}
