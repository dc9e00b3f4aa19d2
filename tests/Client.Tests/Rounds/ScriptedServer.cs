using FedMeta.Client.Agent;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>What one hospital sees of a server: it keeps everything that the hospital sends.</summary>
internal sealed class ScriptedServer(Dictionary<Sha256Digest, byte[]> models) : IRoundServer
{
    public List<PhaseMessage> Messages { get; } = [];

    public List<(MaskedInputHeader Header, byte[] Packed)> Uploads { get; } = [];

    public Queue<Exception> UploadFaults { get; } = new();

    /// <summary>What the server says to an upload that arrives, in place of yes; null for yes.</summary>
    public string? UploadRefusal { get; set; }

    /// <summary>What the server says to a message of a phase, in place of yes; null for yes.</summary>
    public Func<PhaseMessage, string?> Refuses { get; set; } = _ => null;

    /// <summary>Number of the call, from 1, in which the hospital's process dies; 0 for none.</summary>
    public int DiesInCall { get; set; }

    /// <summary>Whether the call that kills had reached the server.</summary>
    public bool DiesAfterDelivery { get; set; }

    public int Calls { get; private set; }

    public IEnumerable<byte[]> Wire =>
        [.. Messages.Select(each => each.ToByteArray()),
            .. Uploads.SelectMany(each => new[] { each.Header.ToByteArray(), each.Packed })];

    public Withdraw Withdrawal => Messages[^1].Withdraw;

    public Task<Instruction> AwaitAsync(ulong after, CancellationToken stop) => Task.FromResult(new Instruction());

    public Task<byte[]?> GetModelAsync(Sha256Digest hash, CancellationToken stop)
    {
        Deliver(() => { });
        return Task.FromResult(models.GetValueOrDefault(hash));
    }

    public Task<Ack> SendAsync(PhaseMessage message, CancellationToken stop)
    {
        Deliver(() => Messages.Add(message));
        return Task.FromResult(Answer(Refuses(message)));
    }

    public Task<Ack> UploadAsync(MaskedInputHeader header, ReadOnlyMemory<byte> packed, CancellationToken stop)
    {
        Deliver(() => Uploads.Add((header, packed.ToArray())));
        return UploadFaults.TryDequeue(out var fault)
            ? Task.FromException<Ack>(fault)
            : Task.FromResult(Answer(UploadRefusal));
    }

    private static Ack Answer(string? refusal) => new() { Accepted = refusal is null, Refusal = refusal ?? "" };

    private void Deliver(Action deliver)
    {
        var dies = ++Calls == DiesInCall;
        if (!dies || DiesAfterDelivery) deliver();
        if (dies) throw new ProcessDied();
    }
}
