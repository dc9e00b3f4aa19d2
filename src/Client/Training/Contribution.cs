namespace FedMeta.Client.Training;

/// <summary>
/// What a site puts into a round. Everything but <paramref name="Residues"/> depends on patients in the clear and stays
/// at the site: it is for the hospital's own terminal.
/// </summary>
/// <param name="Residues">Integers with noise modulo 2^b, the input of secure aggregation; the caller zeroes
/// it.</param>
/// <param name="Units">Vectors that went in; where patients are sampled, all of which a coin was thrown for: how many
/// it brought in is nowhere.</param>
/// <param name="NotFinite">Vectors that were not finite and count as zero.</param>
/// <param name="SatOut">Training rows that this round has no place for, drawn anew each time.</param>
internal sealed record Contribution(ulong[] Residues, int Units, int NotFinite, int SatOut)
{
    /// <summary>Why a vector that this hospital keeps from round to round starts again from zero, in words; null where
    /// it does not.</summary>
    public string? Lost { get; init; }

    /// <summary>Warnings about the data file that it was computed from.</summary>
    public int Warnings { get; init; }
}
