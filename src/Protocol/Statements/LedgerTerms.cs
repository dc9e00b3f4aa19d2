using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace FedMeta.Protocol;

/// <summary>
/// What every entry of a study says about the mechanism: all of it follows from the document that the hospital signed,
/// so whoever has the document can say what must stand here.
/// </summary>
/// <param name="Unit">Whose contribution the claim hides: <c>patient</c>, <c>task</c> or <c>site</c>.</param>
/// <param name="Contribution">What one vector is computed from.</param>
/// <param name="Adjacency">The neighbouring relation.</param>
/// <param name="Clip">L2 bound C of one vector, model units.</param>
/// <param name="Scale">Integer units per model unit, S.</param>
/// <param name="NormBoundSquared">B^2: bound of the squared L2 norm of one integer vector.</param>
/// <param name="RingBits">b: sums are taken modulo 2^b.</param>
/// <param name="LocalVariance">s^2: variance of the noise that one hospital draws, squared integer units.</param>
/// <param name="Enrolled">Hospitals of the study.</param>
/// <param name="MinSurvivors">Fewest hospitals whose sum is opened, t.</param>
/// <param name="Colluders">Hospitals that are assumed to give the server their own noise, c.</param>
/// <param name="Sampling">How units are chosen for a round: <c>none</c> (all of them) or <c>poisson</c>.</param>
/// <param name="SamplingRate">Probability q of a unit to be in a round; 1 without sampling.</param>
/// <param name="Order">The Renyi order that costs are counted at; 0 where they hold for all orders.</param>
/// <param name="Rho">Cost of one attempt, units of 2^-64, rounded up.</param>
/// <param name="Budget">What the study may cost in all, the same units.</param>
public sealed record LedgerTerms(
    string Unit,
    string Contribution,
    string Adjacency,
    ExactFraction Clip,
    ExactFraction Scale,
    BigInteger NormBoundSquared,
    int RingBits,
    BigInteger LocalVariance,
    int Enrolled,
    int MinSurvivors,
    int Colluders,
    string Sampling,
    ExactFraction SamplingRate,
    int Order,
    BigInteger Rho,
    BigInteger Budget)
{
    /// <summary>The terms of a document whose mechanism was derived again and found right.</summary>
    /// <exception cref="ArgumentException">The document's table is not one that a mechanism gives.</exception>
    public static LedgerTerms Of(StudyDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var table = document.Mechanism;
        var rate = table.TryGetValue("sampling_rate", out var text) ? Rate(text) : ExactFraction.One;
        return new LedgerTerms(
            Text("unit"),
            Text("contribution"),
            Text("adjacency"),
            ExactFraction.Of(Real("clip_norm")),
            ExactFraction.Of(Real("scale")),
            Whole("norm_bound_squared"),
            (int)Whole("ring_bits"),
            Whole("local_variance"),
            document.Members.Count,
            (int)Whole("threshold"),
            (int)Whole("colluders"),
            rate == ExactFraction.One ? "none" : "poisson",
            rate,
            table.ContainsKey("order") ? (int)Whole("order") : 0,
            Whole("rho_per_round"),
            Whole("rho_total"));

        string Text(string key) => table.TryGetValue(key, out var value) ? value : throw NotDerived(key);

        BigInteger Whole(string key) =>
            ExactFraction.TryParseWhole(Text(key), out var number) ? number : throw NotDerived(key);

        double Real(string key) => IsReal(Text(key), out var number) ? number : throw NotDerived(key);

        // A decimal of at most six places.
        ExactFraction Rate(string value) =>
            decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
            && rate is > 0 and <= 1 && decimal.IsInteger(rate * Millions)
                ? new ExactFraction((BigInteger)(rate * Millions), Millions)
                : throw NotDerived("sampling_rate");
    }

    /// <summary>The first figure in which these terms are not those of the study, in words; null where they are
    /// the same.</summary>
    /// <param name="study">From the document.</param>
    public string? DifferenceFrom(LedgerTerms study)
    {
        ArgumentNullException.ThrowIfNull(study);
        (string Name, object Stated, object Right)[] figures =
        [
            ("unit", Unit, study.Unit),
            ("contribution", Contribution, study.Contribution),
            ("adjacency", Adjacency, study.Adjacency),
            ("clip", Clip, study.Clip),
            ("scale", Scale, study.Scale),
            ("norm_bound_squared", NormBoundSquared, study.NormBoundSquared),
            ("ring_bits", RingBits, study.RingBits),
            ("local_variance", LocalVariance, study.LocalVariance),
            ("enrolled", Enrolled, study.Enrolled),
            ("min_survivors", MinSurvivors, study.MinSurvivors),
            ("colluders", Colluders, study.Colluders),
            ("sampling", Sampling, study.Sampling),
            ("sampling_rate", SamplingRate, study.SamplingRate),
            ("order", Order, study.Order),
            ("rho", Rho, study.Rho),
            ("budget", Budget, study.Budget),
        ];
        foreach (var (name, stated, right) in figures)
        {
            if (!stated.Equals(right)) return $"the entry says {name} = {stated} and the study {right}";
        }

        return null;
    }

    private const int Millions = 1_000_000;

    internal bool IsWellFormed =>
        IsWord(Unit) && IsWord(Contribution) && IsWord(Adjacency) && IsWord(Sampling)
        && RingBits is > 0 and <= 64 && Enrolled > 0 && MinSurvivors > 0 && Colluders >= 0 && Order >= 0
        && IsWithin(Clip) && IsWithin(Scale) && IsWithin(SamplingRate)
        && IsWithin(NormBoundSquared) && IsWithin(LocalVariance) && IsWithin(Rho) && IsWithin(Budget);

    private static BigInteger Limit { get; } = BigInteger.Pow(10, ExactFraction.MaxDigits) - 1;

    internal static bool IsWithin(BigInteger number) => number.Sign >= 0 && number <= Limit;

    /// <summary>1 to 64 characters of a-z, 0-9 and hyphen.</summary>
    internal static bool IsWord([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 }
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsWithin(ExactFraction fraction) =>
        IsWithin(fraction.Numerator) && IsWithin(fraction.Denominator) && fraction.Denominator.Sign > 0;

    private static bool IsReal(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number) && number >= 0;

    private static ArgumentException NotDerived(string key) =>
        new($"the document's mechanism has no '{key}' that a mechanism gives");
}
