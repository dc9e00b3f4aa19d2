using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>A disk whose process dies at the append of a given number, before or after the bytes are down.</summary>
internal sealed class DyingStorage(byte[] content, int dieAt, bool afterWriting) : MemoryStorage(content)
{
    private int _appends;

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        if (_appends >= dieAt) throw new ProcessDied();
        _appends++;
        if (_appends < dieAt || afterWriting) base.Append(bytes);
        if (_appends == dieAt) throw new ProcessDied();
    }
}
