namespace FedMeta.SecureAgg.Tests;

/// <summary>The attacks that must have a pair of tests: one in which it succeeds against a protocol that was weakened
/// on purpose, one in which it fails against ours.</summary>
internal enum AttackRow
{
    DifferentSurvivorLists,
    BothShareKinds,
    SubstitutedKeys,
    ReusedMasks,
    InconsistentModels,
    WeakGenerator,
    Sybils,
    Differencing,
    SmallCohort,
    LateUpload,
    BadShare,
    GarbageCiphertext,
    SideDataInClear,
    RingOverflow,
    InconsistentViews,
    LiesAboutDropsInASparseGraph,
}
