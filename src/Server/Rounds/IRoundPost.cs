using FedMeta.Protocol.V1;

namespace FedMeta.Server.Rounds;

/// <summary>How an attempt speaks to clients and to those who watch.</summary>
internal interface IRoundPost
{
    /// <summary>Puts an instruction of this attempt into a client's mailbox.</summary>
    void Send(string client, RoundPlan plan, Instruction body, DateTimeOffset deadline);

    /// <summary>The attempt has entered another phase.</summary>
    void PhaseChanged(RoundPlan plan);
}
