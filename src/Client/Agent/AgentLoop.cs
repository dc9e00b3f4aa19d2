using FedMeta.Client.Witness;
using FedMeta.Protocol;
using Grpc.Core;

namespace FedMeta.Client.Agent;

/// <summary>
/// Asks the server for the next instruction, for ever. Every poll ends before 25 seconds have passed, so that a proxy
/// which cuts idle connections does no harm; where the server is away the agent asks again, more and more slowly.
/// </summary>
internal sealed class AgentLoop(
    IRoundServer server,
    IMembership membership,
    RoundParticipant participant,
    LedgerWitness witness,
    Backoff backoff,
    TimeProvider time,
    Action<AgentEvent> report)
{
    private ulong _after;

    /// <summary>Runs until told to stop.</summary>
    /// <exception cref="FedMetaException">Revoked (23), the server shows another key than the pinned one (21), or it
    /// broke its ledger (41).</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        witness.ThrowIfBroken();
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, witness.Broken);
            witness.Look();
            await PollAsync(either.Token);
            if (witness.Broken.IsCancellationRequested) await LeaveAsync(stop);
        }
        finally
        {
            participant.Dispose();
            await witness.StopAsync();
        }

        witness.ThrowIfBroken();
        Say("stopped");
    }

    private async Task PollAsync(CancellationToken stop)
    {
        Say("waiting for rounds");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await membership.RenewAsync(stop);
                participant.Rest();
                var instruction = await server.AwaitAsync(_after, stop);
                if (backoff.Failures > 0)
                {
                    Say("the server answers again");
                    witness.Look();
                }

                backoff.Reset();
                if (instruction.Sequence == 0 || instruction.Sequence == _after) continue;

                // Handled once, whatever comes of it: a message that fails halfway must not be answered twice. A
                // smaller number comes from a server that was set up anew and never gave out the one we named.
                _after = instruction.Sequence;
                await participant.HandleAsync(instruction, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (RpcException fault) when (!stop.IsCancellationRequested)
            {
                // A refused client certificate looks like any broken connection: ask without one whether it still
                // holds.
                await membership.CheckAsync(stop);
                var pause = backoff.Next();
                Say($"the server does not answer ({fault.StatusCode}); asking again in {pause.TotalSeconds:0.#} s");
                await Wait(pause, stop);
            }
            catch (RpcException)
            {
                break;
            }
        }
    }

    // The others need not wait for this hospital until the deadline.
    private async Task LeaveAsync(CancellationToken stop)
    {
        try
        {
            await participant.WithdrawAsync(
                new(RoundRefusal.LedgerViolated, "the coordinator's ledger does not hold here"), stop);
        }
        catch (RpcException)
        {
            // It is left all the same.
        }
    }

    private async Task Wait(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The loop's condition ends it.
        }
    }

    private void Say(string text) => report(new AgentEvent(AgentEventKind.Connection, "", 0, 0, text));
}
