using FedMeta.Protocol.V1;

namespace FedMeta.Server.Rounds;

/// <summary>
/// The instructions for one client, in order, and a bell. Numbers only rise, also over a restart of the coordinator:
/// the
/// first one is taken from the clock. What a client has acknowledged is forgotten.
/// </summary>
internal sealed class Mailbox(long firstSequence)
{
    // Two studies' worth of phases; a client that never asks again must not fill the memory.
    private const int Capacity = 64;

    private readonly Lock _gate = new();
    private readonly LinkedList<Instruction> _pending = [];
    private ulong _next = (ulong)firstSequence;
    private TaskCompletionSource _bell = NewBell();

    /// <summary>Adds an instruction; the oldest is dropped beyond the capacity.</summary>
    public void Post(Instruction instruction)
    {
        TaskCompletionSource bell;
        lock (_gate)
        {
            // The end of an attempt makes all that was said during it worthless.
            if (instruction.BodyCase is Instruction.BodyOneofCase.End or Instruction.BodyOneofCase.Start)
                Forget(instruction.Round);
            var numbered = instruction.Clone();
            numbered.Sequence = _next++;
            _pending.AddLast(numbered);
            if (_pending.Count > Capacity)
                _pending.RemoveFirst();
            (bell, _bell) = (_bell, NewBell());
        }

        bell.TrySetResult();
    }

    /// <summary>
    /// The first instruction after <paramref name="after"/>, or null with the bell to wait for. A number that was never
    /// given out (the client met another coordinator) counts as 0.
    /// </summary>
    public Instruction? Next(ulong after, out Task bell)
    {
        lock (_gate)
        {
            if (after < _next)
            {
                while (_pending.First is { } first && first.Value.Sequence <= after)
                    _pending.RemoveFirst();
            }

            bell = _bell.Task;
            return _pending.First?.Value;
        }
    }

    private void Forget(RoundId round)
    {
        for (var node = _pending.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.BodyCase != Instruction.BodyOneofCase.StudyEnd
                && node.Value.BodyCase != Instruction.BodyOneofCase.End
                && node.Value.Round.StudyHash == round.StudyHash)
                _pending.Remove(node);
            node = next;
        }
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
