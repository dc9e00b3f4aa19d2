namespace FedMeta.Privacy;

/// <summary>The laws of integer noise whose losses are known.</summary>
internal enum LatticeNoise
{
    /// <summary>Probability of x proportional to e^(-x^2/(2 s^2)).</summary>
    DiscreteGaussian,

    /// <summary>Difference of two Poisson numbers of half the variance each: e^-v I_|x|(v).</summary>
    Skellam,
}
