using System.Collections.Concurrent;
using FedMeta.Server.State;

namespace FedMeta.Server.Studies;

/// <summary>The plans of the studies on record, derived once each.</summary>
internal sealed class StudyPlans
{
    private readonly ConcurrentDictionary<string, StudyPlan> _plans = new(StringComparer.Ordinal);

    /// <summary>The plan of a study that was accepted once; its document cannot have become wrong.</summary>
    public StudyPlan Of(StudyEntry study) => _plans.GetOrAdd(study.Hash, _ => StudyPlanner.Read(study.Document).Plan
        ?? throw new InvalidOperationException($"the document of study {study.Hash} on record is not sound"));
}
