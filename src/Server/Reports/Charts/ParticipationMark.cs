namespace FedMeta.Server.Reports.Charts;

/// <summary>What became of a hospital in an attempt at a round. Each has a shape of its own, not only a
/// colour.</summary>
internal enum ParticipationMark
{
    /// <summary>In the sum: a filled disc.</summary>
    Included,

    /// <summary>In a sum that was rolled back: a square.</summary>
    RolledBack,

    /// <summary>Answered, but the attempt was aborted: a ring.</summary>
    Aborted,

    /// <summary>Vanished in the round: a cross.</summary>
    Dropped,

    /// <summary>Said that it would not take part: a triangle.</summary>
    Refused,

    /// <summary>Was not there when the round began: a small dot.</summary>
    Absent,
}
