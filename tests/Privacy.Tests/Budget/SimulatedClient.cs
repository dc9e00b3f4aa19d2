using System.Numerics;

namespace FedMeta.Privacy.Tests.Budget;

/// <summary>What a client does next, or where it dies.</summary>
internal enum Step
{
    /// <summary>Ask, and write a reserve where it is granted.</summary>
    Reserve,

    /// <summary>Write the spend, then send the message.</summary>
    Send,

    /// <summary>Write the spend and die before the message leaves.</summary>
    DieBeforeSending,

    /// <summary>Give an attempt up before anything was sent.</summary>
    Abort,

    /// <summary>Write an abort of the last attempt that was sent, as a confused client would.</summary>
    AbortTooLate,

    /// <summary>Die and start again from what is written.</summary>
    Die,
}

/// <summary>One step of a client.</summary>
internal sealed record Move(Step Step, string Study, Rho Cost);

/// <summary>
/// A client that keeps the order of the budget (reserve before noise, spend before the message) and dies anywhere. It
/// remembers nothing but its entries; the test remembers what truly left.
/// </summary>
internal sealed class SimulatedClient(Rho total, IReadOnlyDictionary<string, Rho> limits)
{
    private (string Study, long Round, Rho Cost)? _open;
    private (string Study, long Round)? _sent;
    private long _round;

    public List<BudgetEntry> Written { get; } = [];

    /// <summary>The cost of all messages that left, and of noise that a dead process may have drawn and shown.</summary>
    public Dictionary<string, BigInteger> Left { get; } = [];

    public BudgetFilter Filter { get; private set; } = new(total, limits);

    public void Do(Move move)
    {
        switch (move.Step)
        {
            case Step.Reserve when _open is null:
                _round++;
                if (Filter.CanReserve(move.Study, _round, 1, move.Cost) != BudgetDecision.Granted) return;
                Write(new(BudgetEntryKind.Reserve, move.Study, _round, 1, move.Cost));
                _open = (move.Study, _round, move.Cost);
                break;
            case Step.Send or Step.DieBeforeSending when _open is { } open:
                Write(new(BudgetEntryKind.Spend, open.Study, open.Round, 1, open.Cost));
                Left[open.Study] = Left.GetValueOrDefault(open.Study) + open.Cost.Units;
                (_open, _sent) = (null, (open.Study, open.Round));
                if (move.Step == Step.DieBeforeSending) Restart();
                break;
            case Step.Abort when _open is { } open:
                Write(new(BudgetEntryKind.Abort, open.Study, open.Round, 1, Rho.Zero));
                _open = null;
                break;
            case Step.AbortTooLate when _sent is { } sent:
                Write(new(BudgetEntryKind.Abort, sent.Study, sent.Round, 1, Rho.Zero));
                break;
            case Step.Die:
                // Nobody can prove that a reserved attempt sent nothing: it counts as if it had.
                if (_open is { } lost) Left[lost.Study] = Left.GetValueOrDefault(lost.Study) + lost.Cost.Units;
                _open = null;
                Restart();
                break;
            default:
                break;
        }
    }

    private void Restart() => Filter = new BudgetFilter(total, limits, Written);

    private void Write(BudgetEntry entry)
    {
        Written.Add(entry);
        Filter.Record(entry);
    }
}
