using System.Globalization;
using System.Text;
using FedMeta.Learning;

namespace FedMeta.Simulation.Synthetic;

/// <summary>
/// Invents hospitals whose patients have the columns of samples/heart.toml and follow one logistic model plus an
/// intercept of
/// each hospital's own. They differ as real ones do: size, prevalence, case mix, measuring habits, what nobody wrote
/// down.
/// No real patient stands behind any row.
/// </summary>
internal static class SyntheticHospitals
{
    public static readonly string[] Columns =
    [
        "age", "sex", "trestbps", "chol", "fbs", "thalach", "exang", "oldpeak", "cp_2", "cp_3", "cp_4",
        "restecg_1", "restecg_2", "label", "fold",
    ];

    /// <summary>Six that train together.</summary>
    public static readonly IReadOnlyList<HospitalProfile> Members =
    [
        new("north-university", 300) { Intercept = -0.1 },
        new("harbour-general", 260) { Intercept = -0.9, MeanAge = 48, CholesterolShift = 12, ExerciseMissing = 0.04 },
        new("valley-regional", 170) { Intercept = 0.2, PressureShift = 6, MaleShare = 0.6 },
        new("lakeside-heart", 120) { Intercept = 1.3, MeanAge = 57, CholesterolMissing = 0.35 },
        new("hill-veterans", 90) { Intercept = 0.9, MeanAge = 60, MaleShare = 0.96, ExerciseMissing = 0.2 },
        new("island-clinic", 30) { Intercept = 1.7, MeanAge = 56, CholesterolMissing = 1, ExerciseMissing = 0.1 },
    ];

    /// <summary>The one that comes when the training has ended.</summary>
    public static readonly HospitalProfile Newcomer =
        new("river-newcomer", 110) { Intercept = 0.3, MeanAge = 58, CholesterolShift = -15, PressureShift = 4 };

    // Log odds per scaled unit of each of the 13 features, in their order; the scales are those of samples/heart.toml.
    private static readonly double[] Effects = [0.35, 0.7, 0.2, 0.2, 0.1, -0.6, 0.5, 0.65, -0.2, 0.0, 0.8, 0.1, 0.1];
    private static readonly double[] Centres = [54, 0.5, 130, 220, 0.5, 140, 0.5, 1, 0.5, 0.5, 0.5, 0.5, 0.5];
    private static readonly double[] Scales = [9, 0.5, 18, 60, 0.5, 25, 0.5, 1, 0.5, 0.5, 0.5, 0.5, 0.5];

    // With the mean patient of the first hospital the linear part is about this; intercepts are relative to it.
    private const double LinearPartOfTheMeanPatient = -0.75;

    /// <summary>
    /// The text of one hospital's CSV file, with LF line ends; the same seed gives the same bytes. A third of the rows,
    /// chosen by
    /// the seed, is held out for the evaluation.
    /// </summary>
    /// <param name="profile">Which hospital.</param>
    /// <param name="seed">Of the whole federation; every hospital takes a stream of its own from it.</param>
    public static string Generate(HospitalProfile profile, int seed)
    {
        var stream = SeededGenerator.Derive((ulong)seed, StreamOf(profile.Name));
        var source = new SeededGenerator(stream);
        var fold = new SeededGenerator(SeededGenerator.Derive(stream, 1)).Permutation(profile.Patients)
            .Take(profile.Patients / 3).ToHashSet();
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        for (var patient = 0; patient < profile.Patients; patient++)
        {
            var features = DrawFeatures(profile, source);
            var label = Chance(source, 1 / (1 + Math.Exp(-LogOdds(features, profile.Intercept))));
            var missing = DrawMissing(profile, source);
            for (var i = 0; i < features.Length; i++)
                text.Append(missing[i] ? "" : features[i].ToString("0.##", CultureInfo.InvariantCulture)).Append(',');
            text.Append(label ? '1' : '0').Append(',').Append(fold.Contains(patient) ? "test" : "train").Append('\n');
        }

        return text.ToString();
    }

    private static double[] DrawFeatures(HospitalProfile profile, SeededGenerator source)
    {
        var age = Math.Clamp(Math.Round(profile.MeanAge + 9 * source.NextNormal()), 25, 90);
        var male = Chance(source, profile.MaleShare);
        var pressure = Math.Round(Math.Clamp(131 + profile.PressureShift + 17 * source.NextNormal(), 85, 220));
        var cholesterol = Math.Round(Math.Clamp(228 + profile.CholesterolShift + 52 * source.NextNormal(), 100, 560));
        var sugar = Chance(source, 0.15);
        var heartRate = Math.Round(Math.Clamp(145 - 0.8 * (age - 54) + 22 * source.NextNormal(), 65, 205));
        var angina = Chance(source, 0.36);
        var depression = Math.Round(Math.Max(0, 0.6 + 1.1 * source.NextNormal()), 1);
        var pain = source.NextUnit();
        var trace = source.NextUnit();
        return
        [
            age, One(male), pressure, cholesterol, One(sugar), heartRate, One(angina), depression,
            One(pain < 0.2), One(pain is >= 0.2 and < 0.43), One(pain is >= 0.43 and < 0.92),
            One(trace < 0.12), One(trace is >= 0.12 and < 0.36),
        ];
    }

    private static double One(bool value) => value ? 1 : 0;

    private static double LogOdds(double[] features, double intercept)
    {
        var sum = intercept - LinearPartOfTheMeanPatient;
        for (var i = 0; i < features.Length; i++) sum += Effects[i] * (features[i] - Centres[i]) / Scales[i];
        return sum;
    }

    private static bool[] DrawMissing(HospitalProfile profile, SeededGenerator source)
    {
        var missing = new bool[Effects.Length];
        missing[3] = Chance(source, profile.CholesterolMissing);
        foreach (var exercise in new[] { 4, 5, 6, 7 }) missing[exercise] = Chance(source, profile.ExerciseMissing);
        return missing;
    }

    private static bool Chance(SeededGenerator source, double probability) => source.NextUnit() < probability;

    private static ulong StreamOf(string name) =>
        name.Aggregate(14695981039346656037UL, (hash, letter) => unchecked((hash ^ letter) * 1099511628211UL));
}
