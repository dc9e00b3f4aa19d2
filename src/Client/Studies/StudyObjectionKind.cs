namespace FedMeta.Client.Studies;

/// <summary>What an objection concerns.</summary>
internal enum StudyObjectionKind
{
    /// <summary>The document itself does not hold together; nobody should approve it.</summary>
    Document,

    /// <summary>The hospital's policy forbids it.</summary>
    Policy,

    /// <summary>The hospital's budget does not reach.</summary>
    Budget,

    /// <summary>The hospital's data do not fit.</summary>
    Data,
}
