namespace FedMeta.Server.State.Facts;

/// <summary>A resolved study was published. <c>Study</c> is the SHA-256 (hex) of the UTF-8 bytes of
/// <c>Document</c>.</summary>
internal sealed record StudyProposed(string Study, string Name, string Document) : Fact;
