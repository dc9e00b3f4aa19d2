using System.Globalization;

namespace FedMeta.SecureAgg;

/// <summary>The numbers that all parties of a round agree on. The claim they carry: a malicious server together with
/// <see cref="Colluders"/> clients learns the sum over at least t - c honest inputs and nothing else, and any n - t
/// clients may vanish at any phase.</summary>
/// <param name="VectorLength">Entries of the input, 1 to 2^28.</param>
/// <param name="RingBits">Width b of the ring 2^b, 8 to 32.</param>
/// <param name="MaxClients">Greatest roster, 3 to 256 (every client shares with every other).</param>
/// <param name="Threshold">t: how many must stay to the end, and how many shares open a secret.</param>
/// <param name="Colluders">c: how many clients may side with the server, from 0.</param>
/// <param name="MinHonestInputs">Least number of honest inputs in a released sum, 3 or (where every member's own policy
/// agrees) 2.</param>
public sealed record AggregationParameters(
    int VectorLength,
    int RingBits,
    int MaxClients,
    int Threshold,
    int Colluders,
    int MinHonestInputs = AggregationParameters.DefaultMinHonestInputs)
{
    /// <summary>Greatest vector.</summary>
    public const int MaxVectorLength = 1 << 28;

    /// <summary>Narrowest and widest ring.</summary>
    public const int MinRingBits = 8, MaxRingBits = 32;

    /// <summary>Greatest roster of a complete graph.</summary>
    public const int MaxRoster = 256;

    /// <summary>Honest inputs in any sum unless the plan says two.</summary>
    public const int DefaultMinHonestInputs = 3;

    /// <summary>Least roster: 5, or 3 where the plan settles for two honest inputs. Two clients would read each other
    /// off the sum.</summary>
    public int MinimumCohort => MinHonestInputs >= DefaultMinHonestInputs ? 5 : 3;

    /// <summary>The threshold floor(2n/3) + 1, which withstands every c &lt; n/3.</summary>
    public static int DefaultThreshold(int clients) => checked(2 * clients) / 3 + 1;

    /// <summary>Parameters with the default threshold for <paramref name="maxClients"/>.</summary>
    public static AggregationParameters ForCohort(
        int vectorLength, int ringBits, int maxClients, int colluders, int minHonestInputs = DefaultMinHonestInputs) =>
        new(vectorLength, ringBits, maxClients, DefaultThreshold(maxClients), colluders, minHonestInputs);

    /// <summary>All that is wrong with the parameters, in words; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Require(VectorLength is >= 1 and <= MaxVectorLength, $"vector length {VectorLength} is not in 1..2^28");
        Require(RingBits is >= MinRingBits and <= MaxRingBits, $"ring bits {RingBits} are not in 8..32");
        Require(MinHonestInputs >= 2, $"{MinHonestInputs} honest inputs in a sum are too few: at least 2");
        Require(Colluders >= 0, $"colluders {Colluders} are negative");
        Require(
            MaxClients >= MinimumCohort && MaxClients <= MaxRoster,
            $"max clients {MaxClients} are not in {MinimumCohort}..{MaxRoster}");
        Require(Threshold <= MaxClients, $"threshold {Threshold} is above max clients {MaxClients}");
        Require(
            HasQuorum(MaxClients),
            $"threshold {Threshold} is not above (n + c)/2 with n = {MaxClients} and c = {Colluders}");
        Require(
            (long)Threshold - Colluders >= MinHonestInputs,
            $"threshold {Threshold} less {Colluders} colluders leaves fewer than {MinHonestInputs} honest inputs");
        return problems;

        void Require(bool holds, FormattableString problem)
        {
            if (!holds) problems.Add(problem.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What forbids a roster of <paramref name="clients"/>, or null. A roster may be smaller than
    /// <see cref="MaxClients"/>, never smaller than the threshold.</summary>
    public RosterSizeProblem? CheckRoster(int clients)
    {
        if (clients > MaxClients) return RosterSizeProblem.TooLarge;
        if (clients < Threshold || clients < MinimumCohort) return RosterSizeProblem.TooSmall;
        return HasQuorum(clients) ? null : RosterSizeProblem.ThresholdTooLow;
    }

    /// <summary>2t &gt; n + c: any two sets of t signers share an honest one (Bonawitz et al. 2017,
    /// privacy against active adversaries).</summary>
    internal bool HasQuorum(int clients) => 2L * Threshold > (long)clients + Colluders;
}
