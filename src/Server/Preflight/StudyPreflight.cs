using System.Globalization;
using System.Numerics;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Preflight;

/// <summary>What a study's numbers mean before anyone approves it. With groups all but the first lines are those of one
/// group.</summary>
/// <param name="Study">Its name.</param>
/// <param name="Members">Hospitals that are reckoned with.</param>
/// <param name="Parameters">Of the model.</param>
/// <param name="MaskedNumbers">Entries of an upload.</param>
/// <param name="Vectors">What a hospital adds at most, in words.</param>
/// <param name="Sums">Secure sums of a round.</param>
/// <param name="Summed">Hospitals in the largest of them.</param>
/// <param name="Quorum">Inputs that a round needs to count.</param>
/// <param name="Threshold">Who must stay to the end of a sum.</param>
/// <param name="Dropouts">Who may vanish from the largest sum at any phase.</param>
/// <param name="Colluders">Who may side with the coordinator.</param>
/// <param name="Graph">Who shares with whom.</param>
/// <param name="Neighbours">Others that a hospital shares with.</param>
/// <param name="ShareThreshold">Shares that open a secret.</param>
/// <param name="SmallestSum">Fewest inputs in any sum that is opened.</param>
/// <param name="HonestInputs">Honest ones among them.</param>
/// <param name="Claim">What that promises, and against whom.</param>
/// <param name="RingBits">Width of the ring.</param>
/// <param name="RingNeeds">n (2Q + 1) + 8 sigma of the largest sum.</param>
/// <param name="RingHolds">2^b.</param>
/// <param name="BytesUp">From one hospital in one round, about.</param>
/// <param name="BytesDown">To one hospital in one round, about, the model included.</param>
/// <param name="ClientSeconds">Arithmetic of one hospital in one round on this machine, without training.</param>
/// <param name="ServerSeconds">Arithmetic of the coordinator in one round on this machine, nobody missing.</param>
/// <param name="ServerSecondsDropped">The same with as many missing after the shares as may be.</param>
/// <param name="NoiseMultiplier">Noise in a sum in multiples of the sensitivity.</param>
/// <param name="RhoPerRound">Cost of a round in units of 2^-64.</param>
/// <param name="EpsilonPerRound">Of one round at the study's delta.</param>
internal sealed record StudyPreflight(
    string Study,
    int Members,
    int Parameters,
    int MaskedNumbers,
    string Vectors,
    int Sums,
    int Summed,
    int Quorum,
    int Threshold,
    int Dropouts,
    int Colluders,
    string Graph,
    int Neighbours,
    int ShareThreshold,
    int SmallestSum,
    int HonestInputs,
    string Claim,
    int RingBits,
    string RingNeeds,
    string RingHolds,
    long BytesUp,
    long BytesDown,
    double ClientSeconds,
    double ServerSeconds,
    double ServerSecondsDropped,
    double NoiseMultiplier,
    string RhoPerRound,
    double EpsilonPerRound)
{
    // Lengths on the wire, framing and an id of common length included.
    private const long Keys = 210, Share = 150, Opened = 70, Name = 20, Signature = 90, Header = 700, PerParameter = 8;

    /// <summary>Reckons for a number of members.</summary>
    public static StudyPreflight Of(StudyTerms terms, StudyNumbers numbers, int members, MachineSpeed speed)
    {
        var (m, p) = (numbers.Mechanism, numbers.Aggregation);
        var n = p.MaxClients;
        var peers = p.Graph?.Neighbours ?? n - 1;
        var d = (double)p.Vectors.Sum(v => (long)v.Length);
        var dropouts = n - p.Threshold;
        var bound = (BigInteger)m.Request.MaxContributionsPerClient * Ceiling(m.NormBoundSquared);
        var needs = RingBudget.Required(n, (long)bound, Math.Sqrt((double)m.LocalVariance * n));
        var sums = terms.Aggregation.Sums(members);
        var server = sums * n * (speed.ServerClient + (d * speed.ServerEntry));
        var left = p.Graph is null ? p.Threshold : Math.Min(peers, p.Threshold);
        return new StudyPreflight(
            terms.Name, members, numbers.Model.ParameterCount, m.PaddedDimension, VectorsOf(terms), sums, n,
            terms.Rounds.Quorum, p.Threshold, dropouts, p.Colluders,
            p.Graph is null ? "complete" : "sparse", peers, p.ShareThreshold,
            p.Threshold, p.Threshold - p.Colluders, p.Claim,
            m.Request.RingBits, needs.ToString(CultureInfo.InvariantCulture),
            (BigInteger.One << m.Request.RingBits).ToString(CultureInfo.InvariantCulture),
            Keys + (peers * (Share + Opened)) + Header + p.PackedLength + Signature,
            (peers * (Keys + Share)) + (2L * n * Name) + (p.ShareThreshold * Signature)
                + (PerParameter * numbers.Model.ParameterCount),
            (peers * speed.ClientPair) + ((peers + 1) * d * speed.ClientEntry),
            server,
            server + (sums * (double)dropouts * left * (speed.Agreement + (d * speed.ClientEntry))),
            m.NoiseMultiplier, m.PerRound.ToString(),
            m.Epsilon(m.PerRound, m.Request.Delta));
    }

    private static string VectorsOf(StudyTerms terms) => terms switch
    {
        { IsPerPatient: true } =>
            $"one round uses {terms.VectorsPerHospital} rows of a hospital at most, each of them a patient"
                + (terms.Privacy.IsSampled
                    ? string.Create(CultureInfo.InvariantCulture,
                        $" that a secret coin brings in with the chance {terms.Privacy.Sampling}")
                    : ""),
        { Privacy.Unit: "site" } => "one update of each hospital",
        _ => $"{terms.Meta.Tasks} tasks are expected of all hospitals and no hospital adds more of them",
    };

    private static BigInteger Ceiling(BigInteger square)
    {
        var root = (BigInteger)Math.Sqrt((double)square);
        while (root * root > square) root--;
        while (root * root < square) root++;
        return root;
    }
}
