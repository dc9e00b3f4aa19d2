namespace FedMeta.Server.Studies;

/// <summary>Why a decision does not stand.</summary>
internal enum DecisionRefusal
{
    /// <summary>There is no such study.</summary>
    UnknownStudy,

    /// <summary>The sender's key is not in the document.</summary>
    NotAMember,

    /// <summary>A field is out of its bounds.</summary>
    Malformed,

    /// <summary>It was made in the future.</summary>
    FromTheFuture,

    /// <summary>Not signed with the member's key over exactly this decision.</summary>
    BadSignature,

    /// <summary>Decisions are closed.</summary>
    NotOpen,
}
