namespace FedMeta.Privacy;

/// <summary>Which of two neighbouring data sets an output is drawn from; a claim covers both.</summary>
public enum PrivacyLossDirection
{
    /// <summary>Drawn with the unit's contribution, compared with the sum where it is zero.</summary>
    Remove,

    /// <summary>Drawn where the unit's contribution is zero, compared with the sum that holds it.</summary>
    Add,
}
