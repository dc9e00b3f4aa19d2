namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>Figures measured before with PyTorch on the same rows, two seeds and ten draws, to stand beside ours:
/// log loss / AUROC with 0, 5, 10, 20, 40 labelled patients. Nothing is computed from them.</summary>
internal static class NewHospitalReference
{
    private static readonly Dictionary<(string Method, string Scaling), string[]> Rows = new()
    {
        [("this hospital alone", NewHospitalReport.Federated)] =
            ["", ".838 / .697", ".927 / .711", ".895 / .712", ".805 / .717"],
        [("FedAvg by patients, 3 steps", NewHospitalReport.Federated)] =
            [".500 / .814", ".429 / .798", ".414 / .803", ".398 / .805", ".472 / .809"],
        [("FedAvg by patients, 10 steps", NewHospitalReport.Federated)] =
            [".500 / .814", ".468 / .777", ".448 / .780", ".415 / .783", ".488 / .793"],
        [("FedAvg by patients + intercept recalibration", NewHospitalReport.Federated)] =
            [".500 / .814", ".446 / .814", ".422 / .814", ".396 / .814", ".475 / .814"],
        [("MAML, 1 step", NewHospitalReport.Federated)] =
            [".518 / .804", ".442 / .800", ".438 / -", ".431 / -", ".489 / -"],
        [("MAML, 10 steps", NewHospitalReport.Federated)] =
            [".518 / .804", ".479 / .766", ".455 / .773", ".422 / .777", ".495 / .789"],
        [("Reptile, 3 steps", NewHospitalReport.Federated)] =
            [".532 / .787", ".449 / .775", ".434 / .778", ".419 / .783", ".501 / .788"],
        [("Per-FedAvg (exact), 3 steps", NewHospitalReport.Federated)] =
            [".517 / .790", ".447 / .779", ".432 / .783", ".417 / .787", ".497 / .792"],
        [("Meta-SGD, 3 steps", NewHospitalReport.Federated)] =
            [".499 / .820", ".452 / .812", ".447 / .811", ".430 / .811", ".470 / .815"],
        [("MAML, bias-only inner loop, 10 steps", NewHospitalReport.Federated)] =
            [".553 / .808", ".481 / .808", ".417 / .808", ".391 / .808", ".482 / .808"],
        [("MAML, bias-only inner loop, 10 steps", NewHospitalReport.Own)] =
            [".744 / .821", ".469 / .821", ".405 / .821", ".379 / .821", ".469 / .821"],
    };

    /// <summary>A row's figures for each number of patients (none for all of the half), or null.</summary>
    public static IReadOnlyList<string>? Of(string method, string scaling) =>
        Rows.TryGetValue((method, scaling), out var row) ? [.. row, ""] : null;
}
