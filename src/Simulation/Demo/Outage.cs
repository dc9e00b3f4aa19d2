namespace FedMeta.Simulation.Demo;

/// <summary>
/// The hospital that vanishes: killed, as by a power cut, when a round's masked inputs are being collected, and started
/// again
/// some rounds later. What is written down is what was seen, also where the kill came later than it was meant to.
/// </summary>
internal sealed class Outage(HospitalSite victim, int killInRound, int returnAfterRound, Action<string> note)
{
    private readonly Lock _lock = new();

    public string Hospital => victim.Name;

    /// <summary>
    /// Round and phase that the coordinator announced when the process was killed; null: it was never killed.
    /// </summary>
    public (int Round, string Phase)? Killed { get; private set; }

    /// <summary>Completed rounds when it was started again.</summary>
    public int? ReturnedAfter { get; private set; }

    public void Watch(StudyView view)
    {
        lock (_lock)
        {
            if (Killed is null
                && (view.Round > killInRound
                || (view.Round == killInRound && view.Phase is "share-keys" or "masked-input")))
            {
                victim.Agent!.Kill();
                Killed = (view.Round, view.Phase);
                note($"{victim.Name} is killed (SIGKILL) in round {view.Round}, phase {view.Phase}; the others go on");
            }
            else if (Killed is not null && ReturnedAfter is null && view.Completed >= returnAfterRound
                && !view.HasEnded)
            {
                victim.StartAgent();
                ReturnedAfter = view.Completed;
                note($"{victim.Name} is started again after round {view.Completed}");
            }
        }
    }
}
