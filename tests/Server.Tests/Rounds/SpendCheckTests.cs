using System.Numerics;
using FedMeta.Protocol;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Rounds;

/// <summary>
/// A hospital signs an entry that lies, and a coordinator puts it on record: each figure is held against the document,
/// the attempt, the hospital's entries before and the checkpoints that were signed.
/// </summary>
public sealed class SpendCheckTests
{
    private static Sha256Digest Other => Sha256Digest.Of("other"u8);

    [Fact]
    public async Task An_entry_that_lies_is_found_by_the_audit_whoever_signed_it()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 2));
        for (var round = 0; round < 2; round++)
            Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver && !s.Ledger.IsDue);
        foreach (var (name, problem, lie) in Lies)
            Assert.True(Found(federation, lie).Contains(problem, StringComparison.Ordinal),
                $"{name}: {Found(federation, lie)}");

        // A true entry that another member signed.
        Assert.Contains("not signed with the member's key", federation.FindingAfter(fact =>
            fact is RoundInput { Round: 2 } f && f.Client == federation.Clients[0].Id
                ? Signed(f, federation.Clients[1], entry => entry) : fact));

        // Over a checkpoint that was signed before, the entry holds; the next checkpoint finds that it was put in
        // later.
        var signed = federation.Journal.State.Ledger.Checkpoints.Values.First().Head;
        LedgerEntry Over(LedgerEntry entry, long size, Sha256Digest root) =>
            entry with { CheckpointSize = size, CheckpointRoot = root };
        Assert.Contains("not those that were signed", Found(federation, e => Over(e, signed.Size, signed.Root)));
        Assert.Contains("over another journal", Found(federation, e => Over(e, signed.Size, Other)));
        Assert.Contains("over another journal", Found(federation, e => Over(e, signed.Size - 1, signed.Root)));
        Assert.Contains("over another journal", Found(federation, e => Over(e, 1_000_000, signed.Root)));
        Assert.Contains("over another journal", Found(federation, e => Over(e, long.MaxValue, signed.Root)));
        var tree = new JournalTree();
        JournalFile.Verify(federation.Lines(), tree.Append);
        Assert.Contains("was never signed", Found(federation, e => Over(e, 1, tree.Root(1))));
    }

    [Fact]
    public async Task An_entry_over_an_older_checkpoint_than_the_one_before_is_found()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 2));
        for (var round = 0; round < 2; round++)
            Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        var first = federation.Journal.State.Ledger.Checkpoints.Values.First().Head;
        var client = federation.Clients[0];

        // Without the checkpoints that come after the lie the record itself has to tell.
        Assert.Contains("an older checkpoint", federation.FindingAfter(fact => fact switch
        {
            RoundInput { Round: 1 } f when f.Client == client.Id => Signed(f, client, entry =>
                entry with { CheckpointSize = first.Size, CheckpointRoot = first.Root }),
            LedgerCheckpoint f when CheckpointSize(f) > federation.Study.Rounds[0].Inputs[client.Id].Origin.Record
                => null,
            _ => fact,
        }));
    }

    private static readonly (string Name, string Problem, Func<LedgerEntry, LedgerEntry> Lie)[] Lies =
    [
        ("client", "another client", entry => entry with { ClientId = "nobody" }),
        ("study", "another client", entry => entry with { Study = Other }),
        ("round", "another client", entry => entry with { Round = entry.Round + 1 }),
        ("attempt", "another client", entry => entry with { Attempt = entry.Attempt + 1 }),
        ("model", "another client", entry => entry with { Model = Other }),
        ("type", "not a spend", entry => entry with { Type = LedgerEntryType.Abort, Message = default }),
        ("sequence", "no reserve before it", entry => entry with { Sequence = 1, Previous = default }),
        ("order", "does not follow the hospital's entry", entry => entry with { Sequence = 3 }),
        ("budget", "beyond what the study may cost", entry => entry with { Cumulative = entry.Terms.Budget + 1 }),
        ("sum", "a smaller sum", entry => entry with { Cumulative = (2 * entry.Terms.Rho) - 1 }),
        .. Terms.Select(term => (term.Name, "the entry says", (Func<LedgerEntry, LedgerEntry>)(entry =>
            entry with { Terms = term.Lie(entry.Terms) }))),
    ];

    private static IEnumerable<(string Name, Func<LedgerTerms, LedgerTerms> Lie)> Terms =>
    [
        ("unit", terms => terms with { Unit = terms.Unit == "site" ? "task" : "site" }),
        ("contribution", terms => terms with { Contribution = "other" }),
        ("adjacency", terms => terms with { Adjacency = "replace-one" }),
        ("clip", terms => terms with { Clip = new ExactFraction(1, 3) }),
        ("scale", terms => terms with { Scale = new ExactFraction(1, 3) }),
        ("norm", terms => terms with { NormBoundSquared = terms.NormBoundSquared - 1 }),
        ("ring", terms => terms with { RingBits = terms.RingBits == 64 ? 32 : 64 }),
        ("variance", terms => terms with { LocalVariance = terms.LocalVariance + 1 }),
        ("enrolled", terms => terms with { Enrolled = terms.Enrolled + 1 }),
        ("survivors", terms => terms with { MinSurvivors = terms.MinSurvivors - 1 }),
        ("colluders", terms => terms with { Colluders = terms.Colluders + 1 }),
        ("sampling", terms => terms with { Sampling = "poisson" }),
        ("rate", terms => terms with { SamplingRate = new ExactFraction(1, 20) }),
        ("order", terms => terms with { Order = 8 }),
        ("rho", terms => terms with { Rho = terms.Rho - BigInteger.One }),
        ("budget", terms => terms with { Budget = terms.Budget + BigInteger.One }),
    ];

    private static string Found(Federation federation, Func<LedgerEntry, LedgerEntry> lie)
    {
        var client = federation.Clients[0];
        return federation.FindingAfter(fact => fact is RoundInput { Round: 2 } f && f.Client == client.Id
            ? Signed(f, client, lie) : fact) ?? "";
    }

    private static RoundInput Signed(RoundInput input, ScriptedClient client, Func<LedgerEntry, LedgerEntry> lie)
    {
        Assert.True(LedgerEntry.TryRead(Convert.FromBase64String(input.Spend), out var entry));
        var lied = lie(entry);
        return input with
        {
            Spend = Convert.ToBase64String(lied.ToCanonicalJson()),
            SpendSignature = Convert.ToBase64String(lied.Sign(client.Identity)),
        };
    }

    private static long CheckpointSize(LedgerCheckpoint fact)
    {
        Assert.True(Checkpoint.TryRead(System.Text.Encoding.UTF8.GetBytes(fact.Note), out _, out var head));
        return head.Size;
    }
}
