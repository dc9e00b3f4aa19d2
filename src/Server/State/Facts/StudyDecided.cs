namespace FedMeta.Server.State.Facts;

/// <summary>A hospital's signed answer. <c>Signature</c> is Base64 of 64 bytes, IEEE P1363.</summary>
internal sealed record StudyDecided(string Study, string Client, bool Approve, string Reason, long DecidedAt,
    string Signature) : Fact;
