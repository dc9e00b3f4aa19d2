namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>One method in one run.</summary>
/// <param name="Method">The row's name.</param>
/// <param name="Sites">Its score at every hospital, in their order.</param>
internal sealed record MethodScores(string Method, SiteScore[] Sites)
{
    /// <summary>The mean over hospitals.</summary>
    public SiteScore Macro => SiteScore.Macro(Sites);
}
