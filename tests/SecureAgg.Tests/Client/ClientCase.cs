namespace FedMeta.SecureAgg.Tests;

/// <summary>One client that is about to receive the announcement of a phase, and a server that may lie to it.</summary>
internal sealed class ClientCase
{
    public const string Self = "site-001";

    public ClientCase(AggregationPhase announced, int members = 6, int threshold = 4, Action<Simulated>? setUp = null)
        : this(announced, Consortium.Round(members, threshold), setUp)
    {
    }

    public ClientCase(AggregationPhase announced, RoundContext context, Action<Simulated>? setUp = null)
    {
        Round = new Simulated(context);
        setUp?.Invoke(Round);
        Round.Until(announced - 1);
        Round.Deliver();
        Round.Close();
    }

    public Simulated Round { get; }

    public ClientState Client => Round.Clients[Self];

    public Roster Roster => (Roster)Round.Announced[Self];

    public SharesForClient Shares => (SharesForClient)Round.Announced[Self];

    public SurvivorList Survivors => (SurvivorList)Round.Announced[Self];

    public SignedSurvivorList Signed => (SignedSurvivorList)Round.Announced[Self];

    /// <summary>The client refuses the message, sends nothing, aborts and erases what it held.</summary>
    public void AssertRefused(ClientRefusal expected, ServerMessage message, TimeSpan later = default)
    {
        var secrets = Secrets.In(Client);
        Assert.DoesNotContain(secrets, secret => secret.IsErased);

        var transition = Client.Receive(message, Consortium.Now + later);

        Assert.Equal(expected, transition.Refusal);
        Assert.Null(transition.Outgoing);
        Assert.Equal(expected, Assert.IsType<ClientAborted>(transition.State).Reason);
        Assert.All(secrets, secret => Assert.True(secret.IsErased));
    }

    /// <summary>What a member that works for the server would advertise: its own signature over whatever it
    /// likes.</summary>
    public RosterEntry SignedByItsMember(string id, AdvertiseKeysMessage keys)
    {
        var statement = Statements.Advertisement(Round.Context.ComputeHash(), id, keys);
        return new(id, keys with { Signature = IdentitySignature.Sign(Consortium.IdentityOf(id), statement) });
    }

    /// <summary>A genuine roster with one entry replaced before its root was taken.</summary>
    public Roster Rebuilt(int index, Func<RosterEntry, RosterEntry> change) =>
        Roster.Complete(Roster.ContextHash, With(index, change).Entries);

    /// <summary>The roster with one entry replaced.</summary>
    public Roster With(int index, Func<RosterEntry, RosterEntry> change) =>
        Roster with { Entries = [.. Roster.Entries.Select((entry, i) => i == index ? change(entry) : entry)] };
}
