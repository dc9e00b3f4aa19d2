using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;

namespace FedMeta.Client.Tests.Witness;

/// <summary>What a coordinator can try with its ledger, and what the hospital keeps of it.</summary>
public sealed class LedgerAttackTests
{
    private readonly ScriptedLedger _ledger = new ScriptedLedger().Record("server.initialised").Record().Record();

    [Fact]
    public async Task A_journal_that_is_shorter_than_before_is_found()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        _ledger.Restore(2);
        await hospital.LookAsync();
        var violation = hospital.Violation();
        Assert.Equal("truncated", violation.Kind);
        Assert.Contains("2 records and had signed one of 3", violation.What, StringComparison.Ordinal);
        Assert.Single(_ledger.CoSigned);
        BothAreSigned(violation);
    }

    [Fact]
    public async Task Another_journal_of_the_same_length_is_found()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        _ledger.Restore(2);
        _ledger.Record("model.read", """{"other":1}""");
        await hospital.LookAsync();
        Assert.Equal("split-view", hospital.Violation().Kind);
        BothAreSigned(hospital.Violation());
    }

    [Fact]
    public async Task A_rewritten_journal_that_is_longer_is_found()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        _ledger.Restore(2);
        _ledger.Record("model.read", """{"other":1}""").Record();
        await hospital.LookAsync();
        Assert.Equal("not-consistent", hospital.Violation().Kind);
        BothAreSigned(hospital.Violation());
    }

    [Fact]
    public async Task What_was_found_ends_the_agent_at_once_and_after_every_restart()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        Assert.False(hospital.Witness.Broken.IsCancellationRequested);
        _ledger.Restore(1);
        await hospital.LookAsync();
        Assert.True(hospital.Witness.Broken.IsCancellationRequested);
        Assert.Equal(ExitCode.AuditFailed, Assert.Throws<FedMetaException>(hospital.Witness.ThrowIfBroken).Code);
        hospital.Restart();
        Assert.Equal(ExitCode.AuditFailed, Assert.Throws<FedMetaException>(hospital.Witness.ThrowIfBroken).Code);
    }

    [Fact]
    public async Task A_spend_that_was_taken_and_left_out_is_found()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        var spent = hospital.Spend(1);
        hospital.Witness.Taken(hospital.Study, 1, 1);
        _ledger.Record();
        await hospital.LookAsync();
        Assert.Equal("spend-dropped", hospital.Violation().Kind);
        Assert.Equal(spent.Statement, hospital.Violation().Spend);
    }

    [Fact]
    public async Task A_receipt_shows_after_a_crash_that_the_spend_was_taken()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        hospital.Spend(1);
        hospital.Journal.Record(FactTypes.Receipt, new ReceiptKept(hospital.Study, 1, 1, "", "", 0, "",
            [WitnessHospital.Id], new Dictionary<string, string>()), FactShapes.Default.ReceiptKept);
        hospital.Restart();
        _ledger.Record();
        await hospital.LookAsync();
        Assert.Equal("spend-dropped", hospital.Violation().Kind);
    }

    [Fact]
    public async Task A_spend_that_stands_there_otherwise_is_found()
    {
        using var hospital = new WitnessHospital(_ledger);
        var spent = hospital.Spend(1);
        _ledger.Take(WitnessHospital.Id, spent, statement: "{\"round\":2}");
        await hospital.LookAsync();
        Assert.Equal("spend-changed", hospital.Violation().Kind);
        Assert.Contains("round.input", hospital.Violation().Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_the_signed_tree_does_not_hold_is_found()
    {
        using var hospital = new WitnessHospital(_ledger);
        var spent = hospital.SpendAndTake(1);
        using var other = new ScriptedLedger();
        other.Record("server.initialised").Record().Record().Record();
        other.Take(WitnessHospital.Id, spent);
        var shown = await other.GetCheckpointAsync(RequestOf(hospital), CancellationToken.None);
        _ledger.Tamper = reply =>
        {
            reply.Lines.Clear();
            reply.Lines.Add(shown.Lines);
        };
        await hospital.LookAsync();
        Assert.Equal("spend-dropped", hospital.Violation().Kind);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("short")]
    [InlineData("many")]
    [InlineData("flipped")]
    [InlineData("doubled")]
    public async Task A_proof_that_is_none_is_refused_and_kept(string how)
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        _ledger.Record().Record();
        _ledger.Tamper = reply =>
        {
            var proof = reply.Consistency.ToList();
            reply.Consistency.Clear();
            var first = proof[0].ToByteArray();
            first[3] ^= 1;
            reply.Consistency.AddRange(how switch
            {
                "empty" => [],
                "short" => proof.Select(each => ByteString.CopyFrom(each.Span[1..])),
                "many" => Enumerable.Repeat(proof[0], 5000),
                "flipped" => [ByteString.CopyFrom(first), .. proof.Skip(1)],
                _ => [.. proof, .. proof],
            });
        };
        await hospital.LookAsync();
        var violation = hospital.Violation();
        Assert.Equal("not-consistent", violation.Kind);
        Assert.True(violation.Proof.Count <= MerkleProof.MaxLength + 1);
        Assert.Single(_ledger.CoSigned);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("no size")]
    [InlineData("another origin")]
    [InlineData("another origin under its own name")]
    [InlineData("another key")]
    [InlineData("lines")]
    [InlineData("long")]
    public async Task What_is_no_checkpoint_of_this_coordinator_proves_nothing_and_is_not_signed(string how)
    {
        using var hospital = new WitnessHospital(_ledger);
        using var other = new ScriptedLedger();
        other.Record("server.initialised");
        _ledger.Tamper = reply =>
        {
            reply.Note = how switch
            {
                "garbage" => ByteString.CopyFrom(new byte[500]),
                "no size" => ByteString.CopyFromUtf8(reply.Note.ToStringUtf8().Replace("\n3\n", "\n-3\n")),
                "another origin" => Bytes(SignedNote.Sign(other.Head(), other.Origin, _ledger.Key)),
                "another origin under its own name" =>
                    Bytes(SignedNote.Sign(other.Head(), _ledger.Origin, _ledger.Key)),
                "lines" => Bytes(reply.Note, 5000),
                "long" => ByteString.CopyFrom(new byte[2 << 20]),
                _ => Bytes(SignedNote.Sign(_ledger.Head(), _ledger.Origin, other.Key)),
            };
            if (how == "another key") reply.ServerKey = ByteString.CopyFrom(other.Key.PublicKey);
        };
        await hospital.LookAsync();
        Assert.Empty(_ledger.CoSigned);
        Assert.Contains(hospital.Events, each => each.Text.Contains("no checkpoint", StringComparison.Ordinal));
        hospital.Witness.ThrowIfBroken();
        Assert.DoesNotContain(FactTypes.CoSigned, hospital.Facts);
    }

    [Fact]
    public async Task A_checkpoint_with_thousands_of_strange_signatures_is_checked_and_kept_without_them()
    {
        using var hospital = new WitnessHospital(_ledger);
        _ledger.Tamper = reply => reply.Note = Bytes(reply.Note, 4000);
        await hospital.LookAsync();
        Assert.Single(_ledger.CoSigned);
        Assert.Equal(2, hospital.State.Last!.Note.Signatures.Count);
    }

    [Fact]
    public async Task A_size_beyond_all_measure_is_no_crash()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        _ledger.Tamper = reply => reply.Note = Bytes(SignedNote.Sign(
            _ledger.Head() with { Size = long.MaxValue }, _ledger.Origin, _ledger.Key));
        await hospital.LookAsync();
        Assert.Equal("not-consistent", hospital.Violation().Kind);
    }

    [Fact]
    public async Task Two_hospitals_that_are_shown_two_journals_never_count_each_other_and_their_checkpoints_prove_it()
    {
        using var other = new ScriptedLedger(_ledger.Key);
        other.Record("server.initialised").Record().Record("model.read", """{"other":1}""");
        using var seoul = new WitnessHospital(_ledger);
        using var busan = new WitnessHospital(other);
        await seoul.LookAsync();
        await busan.LookAsync();

        // The signature that Busan gave is worth nothing under what Seoul was shown.
        Assert.True(NoteSignature.TryRead(other.CoSigned[0].Line.Replace("site-0", "site-1"), out var line));
        _ledger.Lines.Add(line);
        _ledger.Lines.Add(NoteSignature.Of(other.Head(), "site-1", seoul.Others[0]));
        _ledger.Record();
        await seoul.LookAsync();
        Assert.Empty(seoul.State.Others);

        // The coordinator signed both: no third party's word is needed.
        using var folder = new TemporaryFolder();
        string Export(string name, LedgerCoSigned signed) => folder.File(name, signed.Note);
        var comparison = CheckpointComparison.OfFiles(
            Export("seoul.checkpoint", First(seoul)), Export("busan.checkpoint", First(busan)), null,
            [Convert.FromBase64String(First(seoul).Key)]);
        Assert.Equal(CheckpointRelation.SplitView, comparison.Relation);
        Assert.Equal(ExitCode.AuditFailed, Assert.Throws<FedMetaException>(comparison.ThrowUnlessHolds).Code);
    }

    private static LedgerCoSigned First(WitnessHospital hospital) => hospital.Journal.Records()
        .First(each => each.Type == FactTypes.CoSigned).Read(FactShapes.Default.LedgerCoSigned);

    private static CheckpointRequest RequestOf(WitnessHospital hospital) => new()
    {
        Spends =
        {
            new RoundId
            {
                StudyHash = ByteString.CopyFrom(Convert.FromHexString(hospital.Study)),
                Round = 1,
                Attempt = 1,
            },
        },
    };

    private void BothAreSigned(LedgerViolated violation)
    {
        foreach (var text in new[] { violation.Known, violation.Shown })
        {
            Assert.True(SignedNote.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out var note));
            Assert.True(note.IsSignedBy(_ledger.Origin, Convert.FromBase64String(violation.Key)));
        }
    }

    private static ByteString Bytes(SignedNote note) => ByteString.CopyFrom(note.ToBytes());

    private static ByteString Bytes(ByteString note, int lines)
    {
        using var stranger = Identity.Create();
        Assert.True(Checkpoint.TryRead(note.Span, out _, out var head));
        var line = NoteSignature.Of(head, "stranger", stranger).ToLine();
        return ByteString.CopyFromUtf8(note.ToStringUtf8()
            + string.Concat(Enumerable.Range(0, lines).Select(i => line.Replace("stranger", $"stranger{i}") + "\n")));
    }
}
