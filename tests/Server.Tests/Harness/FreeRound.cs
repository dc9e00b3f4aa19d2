using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Studies;
using Google.Protobuf;

namespace FedMeta.Server.Tests.Harness;

/// <summary>
/// One attempt in which every hospital answers as its own instructions come, whatever the other groups do. Those in
/// <c>vanish</c> do not answer from that phase on; the clock goes to the deadline when all others have done what they
/// can without them.
/// </summary>
internal sealed class FreeRound(Federation federation, Func<ScriptedClient, uint[]> input,
    IReadOnlyDictionary<string, AggregationPhase> vanish)
{
    private readonly IReadOnlyDictionary<string, TaskCompletionSource> _settled = federation.Clients.ToDictionary(
        c => c.Id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Plays it; the ends that the hospitals were told, by id, without those that vanished.</summary>
    public async Task<IReadOnlyDictionary<string, RoundEnd>> PlayAsync()
    {
        var playing = federation.Clients.Select(PlayAsync).ToList();
        if (vanish.Count > 0)
        {
            var all = Task.WhenAll(playing);
            await Task.WhenAny(Task.WhenAll(_settled.Values.Select(s => s.Task)), all).WaitAsync(Patience);
            federation.Time.Advance(federation.Plan.Deadline);
        }

        var ends = await Task.WhenAll(playing).WaitAsync(Patience);
        return ends.Where(e => e.End is not null).ToDictionary(e => e.Id, e => e.End!);
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(120);

    private async Task<(string Id, RoundEnd? End)> PlayAsync(ScriptedClient client)
    {
        var model = ByteString.Empty;
        AggregationPhase? last = null;
        for (var phase = AggregationPhase.AdvertiseKeys; ; phase++)
        {
            var instruction = await client.NextAsync();
            if (instruction.BodyCase == Instruction.BodyOneofCase.End)
            {
                _settled[client.Id].TrySetResult();
                return (client.Id, instruction.End);
            }

            if (vanish.TryGetValue(client.Id, out var gone) && gone == phase)
            {
                _settled[client.Id].TrySetResult();
                return (client.Id, null);
            }

            Ack ack;
            if (phase == AggregationPhase.AdvertiseKeys)
            {
                model = instruction.Start.ModelHash;
                ack = await client.BeginAsync(federation.Plan, instruction, input(client));
                last = LastWithoutTheVanished(client.Group!);
            }
            else
            {
                ack = await client.AnswerAsync(federation.Plan, instruction, model);
            }

            Assert.True(ack.Accepted, $"{client.Id} in {phase}: {ack.Refusal}");
            if (phase == last)
                _settled[client.Id].TrySetResult();
        }
    }

    // A group that misses somebody waits in that phase for the deadline.
    private AggregationPhase LastWithoutTheVanished(RoundGroup group) => group.Members
        .Where(vanish.ContainsKey).Select(m => vanish[m]).DefaultIfEmpty(AggregationPhase.Unmask).Min();
}
