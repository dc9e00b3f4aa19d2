namespace FedMeta.Simulation.Robust;

/// <summary>What a hospital sends.</summary>
internal enum Conduct
{
    /// <summary>Its update, clipped and noised.</summary>
    Honest,

    /// <summary>Its update with the sign turned, clipped and noised: no norm tells it from an honest one.</summary>
    FlipsSign,

    /// <summary>What it learned from labels turned round, times thirty, neither clipped nor noised: as far as the ring
    /// goes (the scaling attack of Bagdasaryan et al. 2020).</summary>
    Scales,
}
