namespace FedMeta.Server.State;

/// <summary>A hospital's signature line under the checkpoint of <c>Size</c> records.</summary>
internal sealed record CoSignatureEntry(Origin Origin, long Size, string Line);
