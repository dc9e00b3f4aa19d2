namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>Figures measured before with PyTorch on the same rows, to stand beside ours. Nothing is computed from
/// them.</summary>
internal static class ReferenceFigures
{
    /// <summary>What the reference calls its measures: accuracy, AUROC, log loss, ECE; a dash where it has
    /// none.</summary>
    private static readonly string[] None = ["", "", "", ""];

    private static readonly Dictionary<string, string> PublishedSplit = new()
    {
        ["local only, decay by cross-validation"] = ".784 .771 .462 .096",
        ["pooled, unadapted"] = ".713 .823 .595 .229",
        ["pooled + intercept recalibration"] = ".813 .823 .397 .073",
        ["FedAvg uniform, unadapted"] = ".725 .804 .566 .230",
        ["FedAvg by patients, unadapted"] = ".712 .822 .595 .230",
        ["FedAvg by patients + 10 steps"] = ".797 .796 .471 .161",
        ["FedAvg by patients + intercept recalibration"] = ".815 .822 .396 .088",
        ["MAML, 0 steps"] = ".707 .795 .570 .236",
        ["MAML, 1 step"] = ".736 .795 .548 .221",
        ["MAML, 10 steps"] = ".798 .787 .471 .151",
        ["FOMAML, 10 steps"] = ".792 .788 .471 .151",
        ["Per-FedAvg (exact), 10 steps"] = ".798 .790 .470 .156",
        ["Reptile, 10 steps"] = ".797 .789 .473 .160",
        ["Meta-SGD, 1 step"] = ".776 .801 .497 .184",
        ["Meta-SGD, 10 steps"] = ".816 .794 .419 .083",
        ["MAML, bias-only inner loop, 10 steps"] = ".816 .812 .400 .084",
    };

    private static readonly Dictionary<string, string> RandomSplits = new()
    {
        ["local only, decay by cross-validation"] = ".818 .785 .419 .108",
        ["pooled, unadapted"] = ".706 .815 .604 .239",
        ["pooled + intercept recalibration"] = ".808 .815 .394 .119",
        ["FedAvg uniform, unadapted"] = ".723 .809 .550 .235",
        ["FedAvg by patients, unadapted"] = ".705 .819 .600 .246",
        ["FedAvg by patients + 10 steps"] = ".796 .806 .451 .149",
        ["FedAvg by patients + intercept recalibration"] = ".817 .819 .391 .121",
        ["MAML, 0 steps"] = ".710 .805 .557 .240",
        ["MAML, 1 step"] = ".751 .805 .532 .221",
        ["MAML, 10 steps"] = ".804 .799 .442 .148",
        ["FOMAML, 10 steps"] = ".807 .804 .438 .144",
        ["Per-FedAvg (exact), 10 steps"] = ".803 .801 .440 .148",
        ["Reptile, 10 steps"] = ".800 .802 .440 .146",
        ["Meta-SGD, 1 step"] = ".759 .813 .498 .200",
        ["Meta-SGD, 10 steps"] = ".827 .808 .396 .110",
        ["MAML, bias-only inner loop, 10 steps"] = ".821 .806 .387 .106",
    };

    // It does not say how its FedAvg weighs hospitals here; its figures are near those of equal weights.
    private static readonly Dictionary<string, string> Network = new()
    {
        ["local only, decay by cross-validation"] = ".790 .774 .461 -",
        ["FedAvg uniform, unadapted"] = ".792 .802 .475 -",
        ["FedAvg uniform + intercept recalibration"] = ".802 .802 .435 -",
        ["MAML, 10 steps"] = ".796 .784 .491 -",
        ["Meta-SGD, 10 steps"] = ".806 .755 .559 -",
    };

    private static readonly Dictionary<string, string> Sites = new()
    {
        ["local only, decay by cross-validation"] = ".748/.839 .739/.857 .938/- .711/.617",
        ["FedAvg by patients + intercept recalibration"] = ".762/.852 .804/.868 .938/- .756/.745",
        ["Meta-SGD, 10 steps"] = ".763/.852 .802/.867 .938/- .760/.663",
        ["MAML, bias-only inner loop, 10 steps"] = ".744/.844 .809/.860 .938/- .773/.731",
    };

    /// <summary>Accuracy, AUROC, log loss and ECE of a row of a table; empty where the reference has no such
    /// row.</summary>
    public static string[] Macro(bool network, bool published, string method) =>
        (network, published) switch
        {
            (true, true) => Row(Network, method),
            (true, false) => None,
            (false, true) => Row(PublishedSplit, method),
            (false, false) => Row(RandomSplits, method),
        };

    /// <summary>Accuracy/AUROC at Cleveland, Hungary, Switzerland and VA; empty where the reference has no such
    /// row.</summary>
    public static string[] OfSites(string method) => Row(Sites, method);

    private static string[] Row(Dictionary<string, string> table, string method) =>
        table.TryGetValue(method, out var row) ? row.Split(' ') : None;
}
