using System.Globalization;
using FedMeta.Privacy;
using FedMeta.Server.State;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>Conversions that every page shares.</summary>
internal static class PrivacyFigures
{
    /// <summary>Least epsilon that the cost proves at the plan's delta; 0 for no cost.</summary>
    public static double Epsilon(MechanismPlan plan, Rho rho) =>
        rho == Rho.Zero ? 0 : plan.Epsilon(rho, plan.Request.Delta);

    /// <summary>UTC, ISO 8601, whole seconds.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The word for a standing in messages, files and pages.</summary>
    public static string StateName(StudyStanding standing) => standing switch
    {
        StudyStanding.Proposed => "proposed",
        StudyStanding.Running => "running",
        StudyStanding.Paused => "paused",
        StudyStanding.Completed => "completed",
        StudyStanding.Partial => "partial",
        StudyStanding.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(standing)),
    };
}
