using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>The adaptation curves of one hospital, as the library draws them.</summary>
internal static class NewcomerPicture
{
    // With fewer patients a hospital alone is off any scale that shows the others.
    private const string Alone = "this hospital alone";
    private const int AloneFrom = 20;

    private static readonly (string Way, string Name)[] Shown =
    [
        (Alone, Alone), ("FedAvg by patients, 10 steps", "FedAvg, 10 steps"),
        ("FedAvg by patients + intercept recalibration", "FedAvg + recalibration"),
        ("MAML, 10 steps", "MAML, 10 steps"),
        ("Meta-SGD, guarded choice", "Meta-SGD, guarded choice"),
        ("MAML, bias-only inner loop, 10 steps", "MAML, bias only, 10 steps"),
    ];

    /// <summary>SVG of the ways that a reader would choose among, scaled by the training hospitals.</summary>
    public static string Draw(NewHospitalReport report, string hospital)
    {
        var patients = report.Hospitals.Single(h => h.Name == hospital);
        var half = (patients.Train + patients.Test) / 2;
        AdaptationCurve[] curves =
        [
            .. Shown.Select(way => new AdaptationCurve(way.Name,
            [
                .. report.Rows.Single(r => r.Method == way.Way && r.Scaling == NewHospitalReport.Federated).Points
                    .Select(p => p.Of(hospital, half)).OfType<CurvePoint>()
                    .Where(p => way.Way != Alone || p.Patients >= AloneFrom)
                    .DistinctBy(p => p.Patients), // all of a half may be a number that was asked for
            ])),
        ];
        var title = $"{hospital}: a hospital that took no part (alone: from {AloneFrom} patients on)";
        return CurvePicture.Draw(title, LossKind.BinaryCrossEntropy, curves) + "\n";
    }
}
