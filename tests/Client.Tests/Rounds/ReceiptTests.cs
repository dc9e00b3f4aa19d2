using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Rounds;

public sealed class ReceiptTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    [Fact]
    public async Task Each_hospital_keeps_for_each_round_with_whom_it_was_summed_and_shows_it()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        await _federation.RunAsync(2);
        foreach (var hospital in _federation.Hospitals)
        {
            var report = LedgerReporter.Of(hospital.Journal, PolicyFile.Read(hospital.PolicyFilePath));
            Assert.Equal([1u, 2u], report.Receipts.Select(line => line.Round));
            Assert.All(report.Receipts, line =>
            {
                Assert.Equal("heart", line.Study);
                Assert.Equal(_federation.Hospitals.Select(each => each.Id), line.Included);
                Assert.True(line.SignedBy.Count >= _federation.Study.Aggregation.Threshold);
            });
            Assert.Equal((2, null), (Audit(hospital).Receipts, Audit(hospital).Problem));
        }
    }

    [Fact]
    public async Task A_receipt_stands_in_the_journal_before_the_shares_that_open_the_sum_leave()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        var facts = First.Journal.Records();
        var receipt = facts.Single(record => record.Type == FactTypes.Receipt).Sequence;
        var unmask = facts.Single(record => record.Type == FactTypes.Sent
            && record.Read(FactShapes.Default.MessageSent).Message == "unmask-shares").Sequence;
        Assert.True(receipt < unmask);
    }

    [Fact]
    public async Task An_exported_journal_is_verified_from_the_file_alone()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "journal.jsonl");
        using (var file = File.Create(path)) First.Journal.Export(file);
        var outcome = JournalAudit.Run(path);
        Assert.Equal((1, null), (outcome.Receipts, outcome.Problem));
        var text = File.ReadAllText(path);
        var at = text.IndexOf("receipt.kept", StringComparison.Ordinal) + 200;
        File.WriteAllText(path, text[..at] + (text[at] == 'a' ? 'b' : 'a') + text[(at + 1)..]);
        Assert.NotNull(JournalAudit.Run(path).WrongRecord);
    }

    [Fact]
    public async Task One_flipped_bit_of_a_signature_names_its_signer()
    {
        var signer = (await KeptAsync()).Signatures.Keys.ElementAt(2);
        Assert.Equal($"the signature of '{signer}' does not hold over the receipt", Forged(kept =>
            kept with { Signatures = With(kept, signer, Flip(kept.Signatures[signer])) }));
    }

    [Fact]
    public async Task One_flipped_bit_of_any_other_fact_is_found()
    {
        var kept = await KeptAsync();
        var first = kept.Signatures.Keys.First();
        var all = $"the signature of '{first}' does not hold over the receipt";
        Assert.Equal(all, Forged(k => k with { RosterHash = (k.RosterHash[0] == '0' ? "1" : "0") + k.RosterHash[1..] }));
        Assert.Equal(all, Forged(k => k with { Expiry = k.Expiry ^ 1 }));
        Assert.Equal(all, Forged(k => k with { RotationSeed = Flip(k.RotationSeed) }));
        Assert.Equal("the receipt starts from another model than the attempt",
            Forged(k => k with { Model = new string('a', 64) }));
        Assert.Equal("a receipt is kept of an attempt for which nothing was sent", Forged(k => k with { Attempt = 2 }));
        Assert.Equal(all, Forged(k => k with { Included = [.. k.Included.Take(4)], Signatures = Without(k, k.Included[4]) }));
    }

    [Fact]
    public async Task A_signature_of_someone_who_is_no_member_is_named()
    {
        var kept = await KeptAsync();
        var some = kept.Signatures.Values.First();
        Assert.Equal("'stranger' signed the receipt and is no member of the sum's study",
            Forged(k => k with { Signatures = With(k, "stranger", some) }));
        Assert.Equal("the receipt names 'stranger', which is no member of the sum's study",
            Forged(k => k with { Included = [.. k.Included, "stranger"] }));
    }

    [Fact]
    public async Task A_missing_signature_is_named()
    {
        await KeptAsync();
        var threshold = _federation.Study.Aggregation.Threshold;
        Assert.Equal($"the receipt has {threshold - 1} signatures and the study asks for {threshold}", Forged(k =>
            k with { Signatures = k.Signatures.Take(threshold - 1).ToDictionary() }));
        Assert.Equal("the receipt is of a sum that this hospital is not in",
            Forged(k => k with { Included = [.. k.Included.Skip(1)], Signatures = Without(k, First.Id) }));
    }

    [Fact]
    public async Task Two_receipts_of_one_attempt_and_an_end_that_says_otherwise_are_found()
    {
        await KeptAsync();
        Assert.Equal("a second receipt is kept of one attempt: one answer opens one sum",
            Forged(kept => kept, twice: true));
        var records = Rewritten((record, append) => append(record.Type == FactTypes.Ended
            ? JournalEntry.Of(record.Actor, record.Type,
                record.Read(FactShapes.Default.RoundEnded) with { Attested = ["site-0", "site-9"] },
                FactShapes.Default.RoundEnded)
            : new JournalEntry(record.Actor, record.Type, record.Body)));
        Assert.Equal("the round's end names other hospitals than the receipt that was kept",
            JournalAudit.Run(records).Problem);
    }

    private async Task<ReceiptKept> KeptAsync()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        return First.Journal.Ask(state => Assert.Single(state.Receipts).Receipt);
    }

    // The same journal with another receipt and a chain that holds: nothing but the receipt itself can give it away.
    private string? Forged(Func<ReceiptKept, ReceiptKept> forge, bool twice = false) =>
        JournalAudit.Run(Rewritten((record, append) =>
        {
            if (record.Type != FactTypes.Receipt)
            {
                append(new JournalEntry(record.Actor, record.Type, record.Body));
                return;
            }

            var receipt = forge(record.Read(FactShapes.Default.ReceiptKept));
            for (var i = 0; i < (twice ? 2 : 1); i++)
                append(JournalEntry.Of(record.Actor, record.Type, receipt, FactShapes.Default.ReceiptKept));
        })).Problem;

    private IReadOnlyList<JournalRecord> Rewritten(Action<JournalRecord, Action<JournalEntry>> rewrite)
    {
        using var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, First.Time);
        foreach (var record in First.Journal.Records()) rewrite(record, entry => journal.Append(entry));
        return journal.Read();
    }

    private static AuditOutcome Audit(TestHospital hospital) => JournalAudit.Run(hospital.Journal.Records());

    private static Dictionary<string, string> With(ReceiptKept kept, string client, string signature) =>
        new(kept.Signatures, StringComparer.Ordinal) { [client] = signature };

    private static Dictionary<string, string> Without(ReceiptKept kept, string client) =>
        kept.Signatures.Where(each => each.Key != client).ToDictionary();

    private static string Flip(string base64)
    {
        var bytes = Convert.FromBase64String(base64);
        bytes[5] ^= 0x10;
        return Convert.ToBase64String(bytes);
    }
}
