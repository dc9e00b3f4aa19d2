namespace FedMeta.Server.State;

/// <summary>Why a hospital is not invited to a study's rounds until the operator readmits it.</summary>
/// <param name="Origin">The record that shows it.</param>
/// <param name="Round">Where it happened.</param>
/// <param name="IsCulprit">At fault for certain; otherwise its secret could not be recovered.</param>
internal sealed record ShutOut(Origin Origin, int Round, bool IsCulprit)
{
    /// <summary>In words.</summary>
    public string Reason => IsCulprit
        ? $"its key shares in round {Round} were wrong or missing for more hospitals than can be at fault instead"
        : $"its secret in round {Round} could not be put together: it dealt wrong shares, or several others opened wrong ones";

    /// <summary>What to do about it.</summary>
    public static string Remedy(string client) => "find out why with the hospital, then run: fedmeta client readmit " + client;
}
