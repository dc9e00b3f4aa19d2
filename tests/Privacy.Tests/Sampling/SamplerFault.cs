namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>What somebody may get wrong in a sampler.</summary>
public enum SamplerFault
{
    /// <summary>Nothing: the control.</summary>
    None,

    /// <summary>A continuous Gaussian, rounded to whole numbers.</summary>
    RoundedGaussian,

    /// <summary>Proposals of scale t are accepted as if their scale were t - 1.</summary>
    ScaleOffByOne,

    /// <summary>Zero is drawn with either sign.</summary>
    TwoZeros,

    /// <summary>The sign is a biased coin: 132 of 256 bytes.</summary>
    BiasedSign,

    /// <summary>The sign is the lowest bit of the magnitude.</summary>
    SignFromTheMagnitude,

    /// <summary>A byte modulo t in place of a uniform number below t.</summary>
    Modulo,

    /// <summary>The series counts from k = 0, so heads and tails change places where it ends at once.</summary>
    SeriesOffByOne,

    /// <summary>Every proposal is accepted.</summary>
    NoRejection,

    /// <summary>A variance 5 % too small.</summary>
    SmallVariance,

    /// <summary>Every sample one too large.</summary>
    Shifted,
}
