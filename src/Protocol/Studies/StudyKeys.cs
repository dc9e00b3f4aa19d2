namespace FedMeta.Protocol;

/// <summary>
/// Every key of a study file that its author writes, with range and default: the one place where they are written.
/// </summary>
internal static class StudyKeys
{
    public const int MaxMembers = 1000, MaxFeatures = 2048, MaxColumn = 128, MaxRowsOfAll = 10_000_000;

    public static readonly TextSetting Name = new(
        "study",
        "name",
        "Short name, the same in every command",
        48,
        null,
        ClientId.IsValid,
        "1 to 48 of a-z, 0-9 and -");

    public static readonly TextSetting Purpose = new(
        "study", "purpose", "What it is for, as a hospital's board reads it", 500);

    public static readonly IntegerSetting Format = new("study", "format", "Version of this file's format", 1, 1, 1);

    public static readonly TextSetting Label = new(
        "data", "label", "Column to predict; for cox 1 where the event happened, 0 where the patient was lost from sight",
        MaxColumn);

    public static readonly TextSetting Time = new(
        "data",
        "time",
        "Column with the time until the event or the last contact, above 0 in any unit; required for cox, and for it "
            + "alone",
        MaxColumn,
        "");

    public static readonly IntegerSetting MinRows = new(
        "data", "min_rows", "Fewest training rows with which a hospital takes part", 2, 100_000_000, 20);

    public static readonly IntegerSetting MaxRows = new(
        "data",
        "max_rows",
        "Most training rows of a hospital that a round uses; required for fedsgd with the unit patient, and for it "
            + "alone",
        0,
        MaxRowsOfAll,
        0);

    public static readonly TextSetting Fold = new(
        "data",
        "fold",
        "Column that says train or test; where a file lacks it, or none is named, a third of the rows is held out",
        MaxColumn,
        "");

    public static readonly WordSetting Kind = new(
        "model", "kind", "Kind of model", [
            "linear", "logistic", "softmax", "mlp-relu", "mlp-tanh", "conv-relu", "conv-norm-relu", "cnp", "cox",
        ]);

    public static readonly IntegerListSetting Layers = new(
        "model",
        "layers",
        "Widths of the hidden layers; for conv the image's channels, then those of each convolution",
        16,
        1,
        65536);

    public static readonly IntegerSetting Outputs = new(
        "model", "outputs", "Outputs: classes of softmax, and of an mlp or conv with 2 or more; else 1", 1, 1000, 1);

    public static readonly WordSetting Loss = new(
        "model",
        "loss",
        "Loss of an mlp or conv: mse for a label that is a number; own is bce for one output, ce for several",
        [ModelTerms.OwnLoss, "mse", "bce", "ce"],
        ModelTerms.OwnLoss);

    public static readonly WordSetting Algorithm = new(
        "meta",
        "algorithm",
        "What a task contributes",
        [
            "maml", "fomaml", "meta-sgd", "anil", "bias-only", "imaml", "per-fedavg", "reptile", "fedavg", "fedprox",
            "scaffold", "pfedme", "ditto", "protonet", "cnp", "fedsgd",
        ]);

    public static readonly IntegerSetting InnerSteps = new(
        "meta", "inner_steps", "Gradient steps inside a task", 1, 100, 1);

    public static readonly NumberSetting InnerRate = new(
        "meta", "inner_rate", "Learning rate inside a task", 0, 10, 0.1);

    public static readonly IntegerSetting Batch = new(
        "meta", "batch", "Patients of an inner step, drawn by the seed of the task; 0 for all", 0, 10_000, 0);

    public static readonly NumberSetting Proximal = new(
        "meta", "proximal", "Strength of the pull towards the shared model", 0, 1000, 1);

    public static readonly NumberSetting LocalRate = new(
        "meta", "local_rate", "Learning rate of the local meta-steps", 0, 10, 0.1);

    public static readonly IntegerSetting Shots = new(
        "meta", "shots", "Patients in a task's support, and as many in its query", 1, 10_000, 8);

    public static readonly IntegerSetting Tasks = new(
        "meta", "tasks", "Tasks expected per round over all hospitals; the sum is divided by it", 1, 1_000_000);

    public static readonly WordSetting Outer = new(
        "meta", "outer", "The server's optimiser", ["sgd", "momentum", "adam", "yogi", "adagrad"], "adam");

    public static readonly NumberSetting OuterRate = new(
        "meta", "outer_rate", "The server's learning rate", 0, 10, 0.05);

    public static readonly IntegerSetting Seed = new("meta", "seed", "Seed of the initial model", 0, long.MaxValue, 1);

    public static readonly IntegerSetting Threshold = new(
        "aggregation", "threshold", "Inputs without which no sum is opened", 2, MaxMembers);

    public static readonly IntegerSetting MinPeers = new(
        "aggregation", "min_peers", "Smallest roster of a round", 3, MaxMembers);

    public static readonly IntegerSetting MinHonestInputs = new(
        "aggregation",
        "min_honest_inputs",
        "Honest inputs that a sum holds even if all colluders collude",
        2,
        MaxMembers,
        3);

    public static readonly IntegerSetting Bits = new("aggregation", "bits", "Bits of a masked number", 16, 64, 32);

    public static readonly WordSetting Robust = new(
        "aggregation",
        "robust",
        "Whether a round has one sum, or one for each of several groups whose means are combined",
        [AggregationTerms.NotRobust, AggregationTerms.Buckets],
        AggregationTerms.NotRobust);

    public static readonly IntegerSetting BucketSize = new(
        "aggregation",
        "bucket_size",
        "Least size of a group; for robust = \"buckets\" alone",
        AggregationTerms.SmallestBucket,
        MaxMembers,
        AggregationTerms.SmallestBucket);

    public static readonly WordSetting Combine = new(
        "aggregation",
        "combine",
        "How the groups' means become one; for robust = \"buckets\" alone",
        [AggregationTerms.CoordinateMedian, AggregationTerms.TrimmedMean, AggregationTerms.GeometricMedian],
        AggregationTerms.CoordinateMedian);

    public static readonly WordSetting Unit = new(
        "privacy", "unit", "Whom the budget protects", ["patient", "task", "site"]);

    public static readonly NumberSetting Epsilon = new("privacy", "epsilon", "Budget of the whole study", 0, 1000);

    public static readonly NumberSetting Delta = new(
        "privacy", "delta", "Probability that the bound does not hold", 0, 0.01);

    public static readonly NumberSetting Clip = new(
        "privacy", "clip", "Largest L2 norm of a unit's contribution", 0, 1e6);

    public static readonly IntegerSetting Colluders = new(
        "privacy", "colluders", "Hospitals that may give the server their own noise", 0, MaxMembers, 1);

    public static readonly NumberSetting Sampling = new(
        "privacy",
        "sampling",
        "Chance with which each patient is in a round, by a secret coin inside the hospital; below 1 for fedsgd with "
            + "the unit patient alone",
        0,
        1,
        1);

    public static readonly IntegerSetting Count = new(
        "rounds", "count", "Rounds that the budget is divided by", 1, 100_000);

    public static readonly DurationSetting Deadline = new(
        "rounds", "deadline", "Longest time of a phase of a round", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));

    // The default is another key's value; it is put in when the terms are made.
    public static readonly IntegerSetting Quorum = new(
        "rounds", "quorum", "Inputs that a round needs to count; 0 stands for aggregation.threshold", 0, MaxMembers, 0);

    public static readonly TextSetting Probe = new(
        "checks",
        "probe",
        "SHA-256 of a public probe set that new models are tried on; empty for none",
        64,
        "",
        text => Sha256Digest.TryParse(text, out _),
        "64 hexadecimal digits, or empty");

    public static readonly NumberSetting ProbeTolerance = new(
        "checks",
        "probe_tolerance",
        "How much worse than the best so far a new model's mean loss on the probe set may be",
        0,
        1e6,
        0.1);

    /// <summary>The table with one key for each feature, whose names are the author's.</summary>
    public const string Features = "data.features";

    /// <summary>What <c>study propose</c> adds.</summary>
    public const string Mechanism = "mechanism", Initial = "initial", Members = "members";

    public static readonly SettingSet Set = new("a FedMeta study", 48,
    [
        Name, Purpose, Format,
        Label, Time, MinRows, MaxRows, Fold,
        Kind, Layers, Outputs, Loss,
        Algorithm, InnerSteps, InnerRate, Batch, Proximal, LocalRate, Shots, Tasks, Outer, OuterRate, Seed,
        Threshold, MinPeers, MinHonestInputs, Bits, Robust, BucketSize, Combine,
        Unit, Epsilon, Delta, Clip, Colluders, Sampling,
        Count, Deadline, Quorum,
        Probe, ProbeTolerance,
    ]);
}
