using System.Globalization;
using FedMeta.Client.Ledger;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Client.Training;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Ledger;

/// <summary>Whoever holds the hospital's key adds entries that are right in themselves and cannot follow.</summary>
public sealed class ForgedEntryTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    private string Study => _federation.Study.Hash;

    [Fact]
    public async Task A_sum_that_is_released_twice_is_found()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        var again = First.Journal.Ask(state => First.Entries.Release(state, state.Chain.LastSpend(Study)!, 5));
        First.Journal.Record(FactTypes.Release, new EntryWritten(Study, again.Statement, again.SignatureText),
            FactShapes.Default.EntryWritten);
        Assert.Equal("the sum of one attempt is released twice", JournalAudit.Run(First.Journal.Records()).Problem);
    }

    [Fact]
    public async Task An_attempt_that_is_reserved_after_a_later_one_is_found()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(2);
        var fact = First.Journal.Records().Single(each => each.Type == FactTypes.Reserve)
            .Read(FactShapes.Default.BudgetReserved);
        var entry = First.Journal.Ask(state => First.Entries.Reserve(
            state, _federation.Document.Hash, (1, 1), _federation.Study.Ledger, _federation.ModelHash));
        First.Journal.Record(
            FactTypes.Reserve,
            fact with
            {
                Round = 1,
                TaskSeed = TaskSeed.Of(Study, First.Id, _federation.Study.Demands.Unit, 1, 1)
                    .ToString(CultureInfo.InvariantCulture),
                Statement = entry.Statement,
                Signature = entry.SignatureText,
            },
            FactShapes.Default.BudgetReserved);
        Assert.Equal("the attempt was reserved before, or a later one was",
            JournalAudit.Run(First.Journal.Records()).Problem);
    }
}
