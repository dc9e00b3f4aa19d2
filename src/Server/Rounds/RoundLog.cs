using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Rounds;

/// <summary>Diagnostics of rounds. Names, numbers and reasons only: never updates, shares, keys or seeds.</summary>
internal static partial class RoundLog
{
    [LoggerMessage(2001, LogLevel.Information,
        "Study {Study}: round {Round}, attempt {Attempt} announced to {Clients} hospitals")]
    public static partial void Started(ILogger log, string study, int round, int attempt, int clients);

    [LoggerMessage(2002, LogLevel.Information, "Study {Study}: round {Round} completed with {Clients} hospitals")]
    public static partial void Completed(ILogger log, string study, int round, int clients);

    [LoggerMessage(2003, LogLevel.Warning, "Study {Study}: round {Round}, attempt {Attempt} aborted: {Reason}")]
    public static partial void Aborted(ILogger log, string study, int round, int attempt, string reason);

    [LoggerMessage(2004, LogLevel.Information, "Study {Study} ended {State}: {Reason}")]
    public static partial void StudyEnded(ILogger log, string study, string state, string reason);

    [LoggerMessage(2005, LogLevel.Information, "Client {Client}: {Message} refused: {Refusal}")]
    public static partial void Refused(ILogger log, string client, string message, string refusal);

    [LoggerMessage(2007, LogLevel.Error, "{Subject} waits {Seconds} s for a fault to be mended: {Code}: {What}")]
    public static partial void Waits(ILogger log, string subject, double seconds, string code, string what);

    [LoggerMessage(2006, LogLevel.Critical,
        "The runner of study {Study} failed; the study waits for a restart of the coordinator")]
    public static partial void RunnerFailed(ILogger log, string study, Exception fault);

    [LoggerMessage(2008, LogLevel.Warning, "Study {Study}: round {Round} rolled back: {Reason}")]
    public static partial void RolledBack(ILogger log, string study, int round, string reason);

    [LoggerMessage(2009, LogLevel.Warning, "Study {Study} paused: {Reason}")]
    public static partial void StudyPaused(ILogger log, string study, string reason);

    [LoggerMessage(2010, LogLevel.Warning,
        "Study {Study}: round {Round}: {Conflicts} shares were missing or wrong; shut out: {Clients}")]
    public static partial void Conflicts(ILogger log, string study, int round, int conflicts, string clients);
}
