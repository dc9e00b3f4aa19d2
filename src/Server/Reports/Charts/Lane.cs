namespace FedMeta.Server.Reports.Charts;

/// <summary>A stretch of a lane, from and to in seconds after the timeline's beginning.</summary>
internal sealed record LaneBar(double From, double To, string Style, string Note);

/// <summary>One hospital's lane in the round timeline; <c>Remark</c> says why it ends, if it does.</summary>
internal sealed record Lane(string Site, IReadOnlyList<LaneBar> Bars, string Remark);
