using FedMeta.Server.State;

namespace FedMeta.Server.Rounds;

/// <summary>
/// One attempt at a round behind one face: a secure aggregation for each group, all played at the same time and each at
/// its own pace; without groups it is one. A message is led to the aggregation of its sender's group.
/// </summary>
/// <param name="sums">One for each group, in their order.</param>
/// <param name="needed">Groups that must give a sum.</param>
internal sealed class OpenRound(IReadOnlyList<RoundAttempt> sums, int needed)
{
    private int _failed;

    /// <summary>What all sums have in common.</summary>
    public RoundPlan Plan => sums[0].Plan;

    /// <summary>All that were invited.</summary>
    public IEnumerable<string> Invited => sums.SelectMany(s => s.Plan.Invited);

    /// <summary>What it waits for now: the first sum that is not over; the last one's last wait where all
    /// are.</summary>
    public WaitState Wait => (sums.FirstOrDefault(s => !s.IsOver && s.Wait != WaitState.Idle) ?? sums[^1]).Wait;

    /// <summary>The sums whose groups have enough of their hospitals there; none where too few groups have, for then
    /// nobody need train in vain.</summary>
    public IEnumerable<RoundPlan> Announced => sums.Count(s => s.Plan.IsViable) < needed
        ? []
        : sums.Select(s => s.Plan).Where(p => p.IsViable);

    /// <summary>The sum in which a client's messages belong; the first for a stranger, which refuses it.</summary>
    public RoundAttempt Of(string client) => sums.FirstOrDefault(s => s.Plan.Invited.Contains(client)) ?? sums[0];

    /// <summary>The client leaves, or was shut out.</summary>
    public void Leave(string client, string reason) => Of(client).Leave(client, reason);

    /// <summary>Plays all sums. When more have failed than the round can spare the others are broken off: what has not
    /// been sent by then is not charged.</summary>
    /// <exception cref="OperationCanceledException">The coordinator or the study stops.</exception>
    public async Task<RoundTally> RunAsync(DateTimeOffset firstDeadline, CancellationToken cancel)
    {
        using var hopeless = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ends = await Task.WhenAll(sums.Select(s => PlayAsync(s, firstDeadline, hopeless, cancel)))
            .ConfigureAwait(false);
        return RoundTally.Of([.. sums.Zip(ends, (s, end) => (s.Plan, end))]);
    }

    private async Task<RoundResult> PlayAsync(RoundAttempt sum, DateTimeOffset firstDeadline,
        CancellationTokenSource hopeless, CancellationToken cancel)
    {
        try
        {
            var end = sum.Plan.IsViable
                ? await sum.RunAsync(firstDeadline, hopeless.Token).ConfigureAwait(false)
                : new RoundResult.Failed("too-few-present", "advertise-keys", new Dictionary<string, string>());
            if (end is RoundResult.Failed && Interlocked.Increment(ref _failed) > sums.Count - needed)
                await hopeless.CancelAsync().ConfigureAwait(false);
            return end;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new RoundResult.Failed(RoundOutcome.TooFewGroups, sum.Wait.Phase, new Dictionary<string, string>());
        }
        catch (Exception)
        {
            // A fault of one sum is a fault of the round: the others must not go on behind its back.
            await hopeless.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
