namespace FedMeta.SecureAgg;

/// <summary>The five phases of a round, in order (Bonawitz et al. 2017, figure 4, rounds 0 to 4).</summary>
public enum AggregationPhase
{
    /// <summary>Phase 0: clients advertise signed one-round keys.</summary>
    AdvertiseKeys,

    /// <summary>Phase 1: clients split their two secrets among the roster.</summary>
    ShareKeys,

    /// <summary>Phase 2: clients upload masked inputs.</summary>
    CollectMaskedInput,

    /// <summary>Phase 3: clients sign who delivered.</summary>
    CheckConsistency,

    /// <summary>Phase 4: clients open what is needed to unmask the sum.</summary>
    Unmask,

    /// <summary>The round is over, with a sum or without.</summary>
    Ended,
}
