namespace FedMeta.Client.Tests.Rounds;

/// <summary>A clock that a test sets.</summary>
internal sealed class SetTime(Func<DateTimeOffset> now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
