namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>How the noise is made; integers are decimal texts in units of 1/scale.</summary>
/// <param name="Name">The mechanism.</param>
/// <param name="Contribution">patient-gradient, task-gradient or site-update: what one clipped vector is.</param>
/// <param name="ClipNorm">L2 bound C of one vector, model units.</param>
/// <param name="Dimension">Entries of a vector.</param>
/// <param name="PaddedDimension">Entries of the masked vector.</param>
/// <param name="Scale">Integer units per model unit, S.</param>
/// <param name="NormBoundSquared">B^2: no integer vector with a larger squared norm enters a sum.</param>
/// <param name="SensitivitySquared">What zeroing out one unit moves a sum by, squared.</param>
/// <param name="RingBits">Sums are taken modulo 2^b.</param>
/// <param name="LocalVariance">Variance s^2 of each hospital's share.</param>
/// <param name="NoiseMultiplierPlanned">Noise over sensitivity with the fewest hospitals and the assumed
/// colluders.</param>
/// <param name="NoiseMultiplierRealised">The same in the round with the fewest that really took part; null before the
/// first.</param>
/// <param name="NoiseToSignal">Expected norm of the noise over the clip norm in the mean of a full round.</param>
/// <param name="Threshold">No sum of fewer hospitals is opened.</param>
/// <param name="Colluders">Hospitals whose noise the budget does not count on.</param>
/// <param name="MinHonestInputs">Honest inputs in any opened sum.</param>
/// <param name="SamplingRate">Chance with which a patient is drawn into a round, exact fraction; "1" for all.</param>
/// <param name="Sampler">Identity of the noise sampler.</param>
/// <param name="Randomness">Identity of its source of random bits.</param>
/// <param name="SelfTest">What is known about the sampler that ran.</param>
/// <param name="StatedSamplers">Samplers and sources of random bits in the hospitals' signed entries; empty before the
/// first.</param>
/// <param name="StatedVariances">Local variances in the hospitals' signed statements that differ from the plan's; empty
/// where all agree.</param>
/// <param name="Terms">The canonical terms, as signed.</param>
internal sealed record MechanismSection(string Name, string Contribution, double ClipNorm, int Dimension,
    int PaddedDimension, double Scale, string NormBoundSquared, string SensitivitySquared, int RingBits,
    string LocalVariance, double NoiseMultiplierPlanned, double? NoiseMultiplierRealised, double NoiseToSignal,
    int Threshold, int Colluders, int MinHonestInputs, string SamplingRate, string Sampler, string Randomness,
    MechanismSection.SelfTestPart SelfTest, IReadOnlyList<string> StatedSamplers, IReadOnlyList<string> StatedVariances,
    string Terms)
{
    /// <summary>A run of the sampler of this software from a fixed key against its exact law. It shows that the code is
    /// right, not that a hospital ran it.</summary>
    internal sealed record SelfTestPart(bool Passed, int Samples, string Words);
}
