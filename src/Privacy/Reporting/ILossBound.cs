namespace FedMeta.Privacy;

/// <summary>What a number of releases together reveal about one unit, as bounds.</summary>
internal interface ILossBound
{
    /// <summary>Cost in the budget's unit, null where it is not a sum of such costs.</summary>
    Rho? Rho { get; }

    /// <summary>The Gaussian test that is as hard, null where there is none.</summary>
    double? Mu { get; }

    /// <summary>Epsilon that is proved at delta.</summary>
    double Epsilon(double delta);

    /// <summary>What other tools print; null where it was not computed.</summary>
    double? Usual(double delta);

    /// <summary>The most present units that a test finds which accuses this share of the absent ones.</summary>
    double TestPower(double falsePositiveRate);
}
