namespace FedMeta.Server.Studies;

/// <summary>Those whose inputs make one sum of a round: all members (number 0), or one of the groups from 1.</summary>
/// <param name="Number">0 where the round has one sum.</param>
/// <param name="Members">Client ids, ascending; refusers and the absent too, who only make the group smaller.</param>
internal sealed record RoundGroup(int Number, IReadOnlyList<string> Members);
