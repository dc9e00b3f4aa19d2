using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.SecureAgg;

namespace FedMeta.Server.Studies;

/// <summary>What follows from an author's terms for a given number of members.</summary>
internal sealed record StudyNumbers(ModelSpec Model, AlgorithmSettings Algorithm, ServerOptimizerSettings Optimizer,
    MechanismPlan Mechanism, AggregationParameters Aggregation);
