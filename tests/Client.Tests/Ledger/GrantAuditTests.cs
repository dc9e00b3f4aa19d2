using FedMeta.Client.Ledger;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Ledger;

/// <summary>A study is granted once for each approval, before anything is reserved for it.</summary>
public sealed class GrantAuditTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    [Fact]
    public async Task A_study_that_was_not_granted_cannot_be_reserved_for_even_where_all_behind_it_is_signed_again()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        var (first, outcome) = First.SignedAgain(record => record.Type != FactTypes.Grant);
        Assert.Equal("an attempt is reserved for a study that was not granted", outcome.Problem);
        Assert.Equal(first, outcome.WrongRecord);
    }

    [Fact]
    public async Task A_study_that_is_granted_twice_or_after_a_refusal_is_found()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        var document = _federation.Document;
        var entry = First.Journal.Ask(state =>
            First.Entries.Grant(state, document.Hash, LedgerTerms.Of(document), document.InitialModel));
        void Write() => First.Journal.Record(FactTypes.Grant,
            new EntryWritten(document.Hash.ToString(), entry.Statement, entry.SignatureText),
            FactShapes.Default.EntryWritten);
        Write();
        Assert.Equal("the study is granted a second time", JournalAudit.Run(First.Journal.Records()).Problem);
    }

    [Fact]
    public async Task A_refused_study_is_not_granted()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        var document = _federation.Document;
        First.Decide(document, approve: false);
        Assert.Null(JournalAudit.Run(First.Journal.Records()).Problem);
        First.Decide(document);
        Assert.Null(JournalAudit.Run(First.Journal.Records()).Problem);
        var refusals = 0;
        var outcome = First.Audit(record => record.Type != FactTypes.Decided || ++refusals != 3 ? record.Body : null);
        Assert.Equal("a study is granted that is not approved", outcome.Problem);
    }

    [Fact]
    public async Task Nothing_stands_behind_the_close_of_a_study()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        await _federation.EndStudyAsync();
        Assert.Null(JournalAudit.Run(First.Journal.Records()).Problem);
        var study = _federation.Study.Hash;
        var again = First.Journal.Ask(state =>
            First.Entries.Close(state, state.Chain.Tip(study)!, _federation.ModelHash));
        First.Journal.Record(FactTypes.Close, new EntryWritten(study, again.Statement, again.SignatureText),
            FactShapes.Default.EntryWritten);
        Assert.Equal("an entry stands behind the close of its study",
            JournalAudit.Run(First.Journal.Records()).Problem);
    }
}
