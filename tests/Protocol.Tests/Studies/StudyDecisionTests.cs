namespace FedMeta.Protocol.Tests;

public class StudyDecisionTests
{
    private static readonly StudyDocument Study = Studies.Heart();
    private static readonly StudyMember Member = Study.Members[0];
    private static readonly StudyDecision Approval = new(
        Study.Hash, Member.Id, true, "Ethics board, \"vote 7:0\"", FixedTime.Start.AddMilliseconds(-678));

    [Fact]
    public void The_text_says_what_is_decided()
    {
        Assert.Equal(
            $"""
            study = "{Study.Hash}"
            client = "site-0"
            decision = "approve"
            reason = "Ethics board, \"vote 7:0\""
            decided_at = 1893553445

            """.ReplaceLineEndings("\n"),
            Approval.ToCanonicalText());
    }

    [Fact]
    public void A_decision_is_verified_with_the_members_key_in_the_document()
    {
        var signature = Approval.Sign(Studies.KeyOf(Member));
        Assert.True(Approval.Verify(Member.PublicKey, signature));
        Assert.False(Approval.Verify(Study.Members[1].PublicKey, signature));
    }

    [Fact]
    public void A_changed_part_voids_the_signature()
    {
        var signature = Approval.Sign(Studies.KeyOf(Member));
        StudyDecision[] changed =
        [
            Approval with { IsApproval = false },
            Approval with { ClientId = "site-1" },
            Approval with { Reason = "" },
            Approval with { DecidedAt = Approval.DecidedAt.AddSeconds(1) },
            Approval with { Study = Sha256Digest.Of("other"u8) },
            Approval with { Reason = "two\nlines" },
        ];
        Assert.All(changed, decision => Assert.False(decision.Verify(Member.PublicKey, signature)));
    }

    [Fact]
    public void A_changed_byte_of_the_document_voids_the_signature()
    {
        var signature = Approval.Sign(Studies.KeyOf(Member));
        var bytes = Study.Canonical.ToArray();
        for (var at = 0; at < bytes.Length; at += 7)
        {
            bytes[at] ^= 1;
            Assert.False((Approval with { Study = Sha256Digest.Of(bytes) }).Verify(Member.PublicKey, signature));
            bytes[at] ^= 1;
        }

        Assert.True((Approval with { Study = Sha256Digest.Of(bytes) }).Verify(Member.PublicKey, signature));
    }

    [Fact]
    public void A_decision_comes_back_from_its_message()
    {
        var message = Approval.ToMessage(Approval.Sign(Studies.KeyOf(Member)));
        var parsed = V1.Decision.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(message));
        Assert.True(StudyDecision.TryRead(parsed, Member.Id, out var again));
        Assert.Equal(Approval, again);
        Assert.True(again.Verify(Member.PublicKey, parsed.Signature.Span));
    }

    [Fact]
    public void Hostile_messages_are_refused()
    {
        V1.Decision Message(Action<V1.Decision> change)
        {
            var message = Approval.ToMessage(new byte[64]);
            change(message);
            return message;
        }

        V1.Decision[] hostile =
        [
            new(),
            Message(m => m.StudyHash = Google.Protobuf.ByteString.CopyFrom(new byte[31])),
            Message(m => m.Reason = new string('x', 501)),
            Message(m => m.Reason = "a\u202eb"),
            Message(m => m.DecidedAt = -1),
            Message(m => m.DecidedAt = long.MaxValue),
        ];
        Assert.All(hostile, message => Assert.False(StudyDecision.TryRead(message, Member.Id, out _)));
        Assert.False(StudyDecision.TryRead(Message(_ => { }), "Not An Id", out _));
    }

    [Fact]
    public void What_cannot_be_read_is_not_signed() => Assert.Throws<ArgumentException>(
        () => (Approval with { Reason = "two\nlines" }).Sign(Studies.KeyOf(Member)));
}
