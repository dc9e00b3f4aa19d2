using FedMeta.Server.Models;
using FedMeta.Server.State;

namespace FedMeta.Server.Rounds;

/// <summary>What every study's runner shares. <c>Patience</c>: how long a study may go without any event before it
/// ends partial.</summary>
internal sealed record RoundServices(FactJournal Journal, Mailboxes Mail, ModelStep Models, RoundAnnouncer Plans,
    TimeProvider Time,
    TimeSpan Patience);
