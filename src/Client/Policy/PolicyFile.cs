using FedMeta.Protocol;

namespace FedMeta.Client.Policy;

/// <summary>Reads and writes <c>policy.toml</c>. An unknown key, a wrong type or a number out of range is an
/// error.</summary>
internal static class PolicyFile
{
    private static readonly HospitalPolicy Fallback = new();

    private static readonly NumberSetting Total = new("", "max_epsilon_total",
        "most epsilon that all studies together may cost a patient of this hospital", 0, 1000,
            Fallback.MaxEpsilonTotal);

    private static readonly NumberSetting PerStudy = new("", "max_epsilon_per_study",
        "most epsilon that one study may cost a patient of this hospital", 0, 1000, Fallback.MaxEpsilonPerStudy);

    private static readonly NumberSetting Delta = new("", "delta",
        "the delta at which both epsilons are meant", 0, 0.001, Fallback.Delta);

    private static readonly IntegerSetting MinPeers = new("", "min_peers",
        "smallest number of hospitals in a round, this one included", 3, StudyDocument.MaxMembers, Fallback.MinPeers);

    private static readonly IntegerSetting MinRows = new("", "min_rows",
        "fewest own training rows to take part with", 1, 1_000_000, Fallback.MinRows);

    private static readonly IntegerSetting MinHonest = new("", "min_honest_inputs",
        "fewest honest hospitals in a sum that this one helps to open", 2, StudyDocument.MaxMembers, Fallback.MinHonestInputs);

    private static readonly IntegerSetting MinColluders = new("", "min_colluders",
        "fewest hospitals that must be assumed to side with the server", 0, StudyDocument.MaxMembers, Fallback.MinColluders);

    private static readonly NumberSetting OwnNoise = new("", "least_own_noise",
        "least noise of this hospital's own share, in multiples of what a patient can move; 0: none", 0, 1000,
            Fallback.LeastOwnNoise, withBound: true);

    private static readonly IntegerSetting MaxUnwitnessed = new("", "max_unwitnessed_rounds",
        "most rounds without a checkpoint of the coordinator's ledger that could be checked", 1, 3,
        Fallback.MaxUnwitnessedRounds);

    private static readonly TextListSetting Approvers = new("", "approvers",
        "names of those who may approve a study (--by NAME); none: whoever can run the command", 32, 128);

    private static readonly TextSetting Hours = new("", "hours",
        "when the agent may train, local time", 11, "", text => TrainingHours.TryParse(text, out _),
        "\"HH:MM-HH:MM\", or \"\" for always");

    /// <summary>All keys.</summary>
    public static SettingSet Keys { get; } = new(
        "policy.toml: this hospital's law; it can only tighten what a study asks",
        12,
        [Total, PerStudy, Delta, MinPeers, MinRows, MinHonest, MinColluders, OwnNoise, MaxUnwitnessed,
            Approvers, Hours]);

    /// <summary>Reads the file.</summary>
    /// <exception cref="FedMetaException">The file is missing or wrong; every problem is named.</exception>
    public static HospitalPolicy Read(string path)
    {
        var reader = ConfigurationFile.Read(path, Keys);
        ConfigurationFile.ThrowIfAny(path, reader.Problems);
        return new HospitalPolicy
        {
            MaxEpsilonTotal = reader.Get(Total),
            MaxEpsilonPerStudy = reader.Get(PerStudy),
            Delta = reader.Get(Delta),
            MinPeers = checked((int)reader.Get(MinPeers)),
            MinRows = checked((int)reader.Get(MinRows)),
            MinHonestInputs = checked((int)reader.Get(MinHonest)),
            MinColluders = checked((int)reader.Get(MinColluders)),
            LeastOwnNoise = reader.Get(OwnNoise),
            MaxUnwitnessedRounds = checked((int)reader.Get(MaxUnwitnessed)),
            Approvers = reader.Get(Approvers),
            Hours = TrainingHours.TryParse(reader.Get(Hours), out var hours) ? hours : null,
        };
    }

    /// <summary>The text of a new file: every key with its meaning, range and default.</summary>
    public static string Compose() => ConfigurationFile.Compose(Keys, new Dictionary<SettingKey, string>());
}
