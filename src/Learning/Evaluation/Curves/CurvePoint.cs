namespace FedMeta.Learning;

/// <summary>One way with so many labelled patients.</summary>
/// <param name="Patients">Labelled patients.</param>
/// <param name="Draws">Draws behind the values; 1 where all patients or none are used.</param>
/// <param name="Loss">Mean loss on the judged patients.</param>
/// <param name="Ranking">AUROC or Harrell's C; null where undefined on them.</param>
/// <param name="CalibrationError">ECE; null for losses without probabilities.</param>
public sealed record CurvePoint(
    int Patients, int Draws, CurveValue Loss, CurveValue? Ranking, CurveValue? CalibrationError);
