namespace FedMeta.Learning;

/// <summary>Whether a privacy unit may be claimed for an algorithm.</summary>
/// <param name="Sound">False: a study that asks for it is refused.</param>
/// <param name="ClipsPerUnit">How many clip norms one unit can move the sum by (L2, zero-out): 1 or 2; 0 where
/// unsound.</param>
/// <param name="Reason">Why or why not, one sentence for the hospital's reader.</param>
public sealed record UnitRuling(bool Sound, int ClipsPerUnit, string Reason);
