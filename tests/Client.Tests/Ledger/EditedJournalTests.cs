using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FedMeta.Client.Ledger;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Ledger;

/// <summary>
/// Somebody edits a hospital's journal and makes its chain right again. Without the hospital's key no member of an
/// entry can be changed; with it, none that follows from what was approved and done.
/// </summary>
public sealed class EditedJournalTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    [Fact]
    public async Task A_changed_member_of_any_entry_is_found_and_its_record_named()
    {
        await PlayAsync();
        foreach (var type in EntryTypes)
        {
            foreach (var (name, change) in Changes.Where(each => IsOf(type, each.Name)))
            {
                var (wrong, outcome) = Edited(type, entry => change(entry), sign: false);
                Assert.True(wrong == outcome.WrongRecord, $"{type} {name}: {outcome.Problem}");
                Assert.Equal("the entry is not signed with the hospital's key", outcome.Problem);
            }
        }
    }

    [Fact]
    public async Task A_member_that_follows_from_the_study_is_found_even_where_the_hospital_signs_it_again()
    {
        await PlayAsync();
        foreach (var type in EntryTypes)
        {
            foreach (var (name, change) in Changes.Where(each =>
                IsOf(type, each.Name) && !Witnessed.Contains(each.Name)))
            {
                var (wrong, outcome) = Edited(type, entry => change(entry), sign: true);
                Assert.True(wrong == outcome.WrongRecord, $"{type} {name}: {outcome.WrongRecord} {outcome.Problem}");
            }
        }
    }

    [Fact]
    public async Task A_member_that_only_the_hospital_knows_breaks_the_chain_of_entries_behind_it()
    {
        await PlayAsync();
        foreach (var type in EntryTypes.Where(each => each != FactTypes.Close))
        {
            foreach (var (name, change) in Changes.Where(each => Witnessed.Contains(each.Name)))
            {
                var (wrong, outcome) = Edited(type, entry => change(entry), sign: true);
                Assert.True(outcome.WrongRecord > wrong, $"{type} {name}");
                Assert.Equal("the entry does not follow from the one before it", outcome.Problem);
            }
        }
    }

    [Theory]
    [InlineData("budget.reserve", "charge", "charges a patient")]
    [InlineData("budget.reserve", "rho", "says a cost of")]
    [InlineData("budget.reserve", "study_limit", "the study's limit is more")]
    [InlineData("budget.reserve", "task_seed", "cuts the rows")]
    [InlineData("budget.reserve", "round", "another attempt")]
    [InlineData("budget.reserve", "attempt", "another attempt")]
    [InlineData("budget.spend", "charge", "charges a patient")]
    [InlineData("budget.spend", "rho", "says a cost of")]
    [InlineData("budget.spend", "round", "another attempt")]
    [InlineData("budget.spend", "attempt", "another attempt")]
    [InlineData("study.decided", "name", "another name")]
    [InlineData("study.decided", "decided_at", "not signed")]
    public async Task A_changed_figure_of_a_record_is_found(string type, string member, string problem)
    {
        await PlayAsync();
        var (wrong, outcome) = Rewritten(type, record =>
        {
            var body = JsonNode.Parse(record.Body.GetRawText())!.AsObject();
            body[member] = body[member]!.GetValueKind() == JsonValueKind.String
                ? body[member]!.GetValue<string>() + "9"
                : body[member]!.GetValue<long>() + 1;
            return JsonSerializer.SerializeToElement(body);
        });
        Assert.Equal(wrong, outcome.WrongRecord);
        Assert.Contains(problem, outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_that_would_not_have_granted_the_reserve_is_found()
    {
        await PlayAsync();
        foreach (var member in (string[])["study_limit", "total_limit"])
        {
            var (wrong, outcome) = Rewritten(FactTypes.Reserve, record =>
            {
                var body = JsonNode.Parse(record.Body.GetRawText())!.AsObject();
                body[member] = "1";
                return JsonSerializer.SerializeToElement(body);
            });
            Assert.Equal(wrong, outcome.WrongRecord);
            Assert.StartsWith("the budget does not grant this reserve", outcome.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_record_that_is_left_out_is_missed_by_the_next_entry()
    {
        await PlayAsync();
        foreach (var type in EntryTypes)
        {
            var left = false;
            var outcome = First.Audit(record =>
            {
                if (left || record.Type != type) return record.Body;
                left = true;
                return null;
            });
            Assert.Equal(type == FactTypes.Close, outcome.WrongRecord is null);
        }
    }

    [Fact]
    public async Task A_close_with_another_model_than_the_one_that_was_adopted_is_found()
    {
        await PlayAsync();
        foreach (var model in (Sha256Digest[])[default, Other])
        {
            var (wrong, outcome) = Edited(FactTypes.Close, entry => entry with { Model = model }, sign: true);
            Assert.Equal(wrong, outcome.WrongRecord);
            Assert.Equal("the close names another model than the one that was adopted", outcome.Problem);
        }
    }

    [Fact]
    public async Task A_release_with_other_survivors_than_the_receipt_is_found()
    {
        await PlayAsync();
        var (wrong, outcome) = Edited(FactTypes.Release, entry => entry with { Survivors = 4 }, sign: true);
        Assert.Equal(wrong, outcome.WrongRecord);
        Assert.Equal("the release does not have the survivors of the receipt that was kept", outcome.Problem);
    }

    [Fact]
    public async Task The_entries_of_a_study_count_up_and_say_what_was_done()
    {
        await PlayAsync();
        var types = First.Journal.Records().Where(record => record.Body.TryGetProperty("statement", out _)).Select(
            record => EditedJournal.Read(record.Body.GetProperty("statement").GetString()!)).ToList();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), types.Select(entry => entry.Sequence));
        Assert.Equal(
            [
                LedgerEntryType.Grant, LedgerEntryType.Reserve, LedgerEntryType.Spend, LedgerEntryType.Release,
                LedgerEntryType.Reserve, LedgerEntryType.Spend, LedgerEntryType.Release,
                LedgerEntryType.Reserve, LedgerEntryType.Abort, LedgerEntryType.Close,
            ],
            types.Select(entry => entry.Type));
        var rho = types[1].Terms.Rho;
        Assert.Equal([0, rho, rho, rho, 2 * rho, 2 * rho, 2 * rho, 3 * rho, 2 * rho, 2 * rho],
            types.Select(entry => entry.Cumulative));
        Assert.Equal(5, types[3].Survivors);
    }

    private static readonly string[] EntryTypes =
    [
        FactTypes.Grant, FactTypes.Reserve, FactTypes.Spend, FactTypes.Release, FactTypes.Abort, FactTypes.Close,
    ];

    // What the hospital alone knows: anybody else has its word.
    private static readonly string[] Witnessed = ["message", "sampler", "random", "code", "at"];

    // An entry about the whole study has neither: a text that says one is no entry.
    private static bool IsOf(string type, string name) =>
        name is not ("round" or "attempt") || type is not (FactTypes.Grant or FactTypes.Close);

    private static readonly (string Name, Func<LedgerEntry, LedgerEntry> Change)[] Changes =
    [
        ("client", entry => entry with { ClientId = "nobody" }),
        ("sequence", entry => entry with
        {
            Sequence = entry.Sequence + 1,
            Previous = entry.Previous == default ? Other : entry.Previous,
        }),
        ("previous", entry => entry with { Sequence = Math.Max(2, entry.Sequence), Previous = Other }),
        ("checkpoint", entry => entry with { CheckpointSize = 3, CheckpointRoot = Other }),
        ("type", Retyped),
        ("study", entry => entry with { Study = Other }),
        ("round", entry => entry with { Round = entry.Round + 1 }),
        ("attempt", entry => entry with { Attempt = entry.Attempt + 1 }),
        ("unit", entry => Terms(entry, terms => terms with { Unit = "site" })),
        ("contribution", entry => Terms(entry, terms => terms with { Contribution = "site-update" })),
        ("adjacency", entry => Terms(entry, terms => terms with { Adjacency = "replace-one" })),
        ("clip", entry => Terms(entry, terms => terms with { Clip = new ExactFraction(1, 3) })),
        ("scale", entry => Terms(entry, terms => terms with { Scale = new ExactFraction(1, 3) })),
        ("norm", entry => Terms(entry, terms => terms with { NormBoundSquared = terms.NormBoundSquared - 1 })),
        ("ring", entry => Terms(entry, terms => terms with { RingBits = 64 })),
        ("variance", entry => Terms(entry, terms => terms with { LocalVariance = terms.LocalVariance + 1 })),
        ("enrolled", entry => Terms(entry, terms => terms with { Enrolled = terms.Enrolled + 1 })),
        ("survivors", entry => Terms(entry, terms => terms with { MinSurvivors = terms.MinSurvivors + 1 })),
        ("colluders", entry => Terms(entry, terms => terms with { Colluders = terms.Colluders + 1 })),
        ("sampling", entry => Terms(entry, terms => terms with { Sampling = "poisson" })),
        ("rate", entry => Terms(entry, terms => terms with { SamplingRate = new ExactFraction(1, 20) })),
        ("order", entry => Terms(entry, terms => terms with { Order = 8 })),
        ("rho", entry => Terms(entry, terms => terms with { Rho = terms.Rho - 1 })),
        ("budget", entry => Terms(entry, terms => terms with { Budget = terms.Budget + 1 })),
        ("cumulative", entry => entry with { Cumulative = entry.Cumulative + BigInteger.One }),
        ("model", entry => entry with { Model = Other }),
        ("message", entry => entry.Type == LedgerEntryType.Spend ? entry with { Message = Other }
            : entry with { Sampler = "message" }),
        ("sampler", entry => entry with { Sampler = "other" }),
        ("random", entry => entry with { Random = "other" }),
        ("code", entry => entry with { Code = Other }),
        ("at", entry => entry with { At = entry.At.AddMilliseconds(1) }),
    ];

    private static LedgerEntry Retyped(LedgerEntry entry) => entry.Type switch
    {
        LedgerEntryType.Grant => entry with { Type = LedgerEntryType.Close },
        LedgerEntryType.Close => entry with { Type = LedgerEntryType.Grant, Model = Other },
        LedgerEntryType.Abort => entry with { Type = LedgerEntryType.Reserve },
        _ => entry with { Type = LedgerEntryType.Abort, Message = default, Survivors = 0 },
    };

    private static Sha256Digest Other => Sha256Digest.Of("other"u8);

    private static LedgerEntry Terms(LedgerEntry entry, Func<LedgerTerms, LedgerTerms> change) =>
        entry with { Terms = change(entry.Terms) };


    private async Task PlayAsync()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        await _federation.RunAsync(2);
        await _federation.OpenAsync(3);
        await _federation.EndAsync(3, 1, completed: false);
        await _federation.EndStudyAsync();
        Assert.Null(JournalAudit.Run(First.Journal.Records()).Problem);
    }

    private (long Wrong, AuditOutcome Outcome) Edited(string type, Func<LedgerEntry, LedgerEntry> change, bool sign) =>
        Rewritten(type, record =>
        {
            var body = JsonNode.Parse(record.Body.GetRawText())!.AsObject();
            var entry = change(EditedJournal.Read(body["statement"]!.GetValue<string>()));
            body["statement"] = Encoding.ASCII.GetString(entry.ToCanonicalJson());
            if (sign) body["signature"] = Convert.ToBase64String(entry.Sign(First.Identity));
            return JsonSerializer.SerializeToElement(body);
        });

    // Changes the first record of a type; all hashes of the journal are right again.
    private (long Wrong, AuditOutcome Outcome) Rewritten(
        string type, Func<JournalRecord, JsonElement> change)
    {
        var wrong = First.Journal.Records().First(record => record.Type == type).Sequence;
        return (wrong, First.Audit(record => record.Sequence == wrong ? change(record) : record.Body));
    }
}
