using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>The adaptation curves of one hospital, as the library draws them.</summary>
internal static class NewcomerPicture
{
    private static readonly string[] Shown =
    [
        "this hospital alone", "FedAvg by patients, 10 steps", "FedAvg by patients + intercept recalibration",
        "MAML, 10 steps", "Meta-SGD, guarded choice", "MAML, bias-only inner loop, 10 steps",
    ];

    /// <summary>SVG of the ways that a reader would choose among, scaled by the training hospitals.</summary>
    public static string Draw(NewHospitalReport report, string hospital)
    {
        var patients = report.Hospitals.Single(h => h.Name == hospital);
        var half = (patients.Train + patients.Test) / 2;
        AdaptationCurve[] curves =
        [
            .. Shown.Select(way => report.Rows.Single(
                    r => r.Method == way && r.Scaling == NewHospitalReport.Federated))
                .Select(row => new AdaptationCurve(row.Method,
                    [.. row.Points.Select(p => p.Of(hospital, half)).OfType<CurvePoint>()])),
        ];
        return CurvePicture.Draw($"{hospital}: a hospital that took no part", LossKind.BinaryCrossEntropy, curves)
            + "\n";
    }
}
