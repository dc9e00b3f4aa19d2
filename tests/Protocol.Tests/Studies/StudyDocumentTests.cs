using System.Text;

namespace FedMeta.Protocol.Tests;

public class StudyDocumentTests
{
    private static readonly Dictionary<string, string> Mechanism = new() { ["scale"] = "1024.0" };

    [Fact]
    public void Decoding_what_was_encoded_gives_the_same_document() => Properties.Holds(Studies.Documents, document =>
    {
        var again = StudyDocument.Read(document.Canonical.Span).OrThrow("again");
        return again.Hash == document.Hash
            && again.Terms.ToCanonicalText() == document.Terms.ToCanonicalText()
            && again.Terms with { Data = document.Terms.Data, Model = document.Terms.Model } == document.Terms
            && again.Terms.Data.Features.SequenceEqual(document.Terms.Data.Features)
            && again.Terms.Model.Layers.SequenceEqual(document.Terms.Model.Layers)
            && again.Mechanism.SequenceEqual(document.Mechanism)
            && again.InitialModel == document.InitialModel
            && again.Members.Select(m => m.Id + m.Name + KeyPin.Of(m.PublicKey))
                .SequenceEqual(document.Members.Select(m => m.Id + m.Name + KeyPin.Of(m.PublicKey)));
    }, 60);

    [Fact]
    public void Encoding_what_was_decoded_gives_the_same_bytes() => Properties.Holds(Studies.Documents, document =>
        StudyDocument.Read(document.Canonical.Span).Value!.Canonical.Span.SequenceEqual(document.Canonical.Span), 60);

    [Fact]
    public void Every_byte_counts_for_the_hash_and_most_changes_are_refused()
    {
        var document = Studies.Heart();
        var bytes = document.Canonical.ToArray();
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= (byte)(1 << (at % 8));
            var reading = StudyDocument.Read(changed);
            Assert.True(reading.IsValid ? reading.Value.Hash != document.Hash : reading.Problems.Count > 0);
            Assert.NotEqual(document.Hash, Sha256Digest.Of(changed));
        }
    }

    [Theory]
    [InlineData("\n[data]", "\n\n[data]")]
    [InlineData("min_rows = 20", "min_rows = 2_0")]
    [InlineData("min_rows = 20", "min_rows  = 20")]
    [InlineData("epsilon = 3.0", "epsilon = 3")]
    [InlineData("deadline = \"10s\"", "deadline = \"010s\"")]
    [InlineData("fold = \"fold\"", "fold = 'fold'")]
    [InlineData("quorum = 4\n", "")]
    [InlineData("format = 1", "format = 1 # one")]
    [InlineData("name = \"heart\"", "name = \"he\\u0061rt\"")]
    [InlineData("\n", "\r\n")]
    public void Another_spelling_of_the_same_study_is_not_its_document(string canonical, string other)
    {
        var text = Encoding.UTF8.GetString(Studies.Heart().Canonical.Span);
        Assert.Contains(canonical, text, StringComparison.Ordinal);
        var reading = StudyDocument.Read(
            Encoding.UTF8.GetBytes(text.Replace(canonical, other, StringComparison.Ordinal)));
        Assert.Contains("not in canonical form", Assert.Single(reading.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_bytes_give_problems_and_never_an_exception()
    {
        var bytes = Studies.Heart().Canonical.ToArray();
        Properties.Holds(Properties.Bytes(300), hostile => !StudyDocument.Read(hostile).IsValid);
        Properties.Holds(Properties.Mutation(bytes), hostile =>
            StudyDocument.Read(hostile) is var reading && (reading.IsValid || reading.Problems.Count > 0), 300);
    }

    [Theory]
    [InlineData("key = \"MFk", "key = \"MFo", "a member is not id, name and key")]
    [InlineData("id = \"site-1\"", "id = \"site-0\"", "member 'site-0' stands twice")]
    [InlineData("id = \"site-1\"", "id = \"Site\"", "a member is not id, name and key")]
    [InlineData("[initial]\nmodel = \"", "[initial]\nmodel = \"0", "'initial.model' is no SHA-256")]
    [InlineData("scale = \"1024.0\"", "scale = 1024.0", "'mechanism.scale' is no text")]
    [InlineData("scale = \"1024.0\"", "Scale = \"1024.0\"", "an entry of the mechanism cannot be written")]
    [InlineData("[mechanism]", "[mechanisms]", "there is no mechanism")]
    public void A_wrong_part_is_named(string old, string wrong, string what)
    {
        var text = Encoding.UTF8.GetString(Studies.Heart().Canonical.Span);
        Assert.Contains(old, text, StringComparison.Ordinal);
        var reading = StudyDocument.Read(Encoding.UTF8.GetBytes(text.Replace(old, wrong, StringComparison.Ordinal)));
        Assert.Contains(reading.Problems, problem => problem.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Members_are_sorted_and_found()
    {
        var document = Create(terms => terms, [.. Studies.Members(5).Reverse()]).OrThrow("x");
        Assert.Equal(["site-0", "site-1", "site-2", "site-3", "site-4"], document.Members.Select(member => member.Id));
        Assert.True(document.TryGetMember("site-3", out var member));
        Assert.Equal("Site 3", member.Name);
        Assert.False(document.TryGetMember("site-9", out _));
    }

    [Fact]
    public void Too_few_members_and_too_many_for_the_threshold_are_refused()
    {
        var four = Create(terms => terms, Studies.Members(4));
        Assert.Contains("4 members cannot make a roster of 5", Problem(four), StringComparison.Ordinal);
        Assert.True(Create(terms => terms, Studies.Members(6)).IsValid);
        var seven = Create(terms => terms, Studies.Members(7));
        Assert.Contains("need not share an honest one", Problem(seven), StringComparison.Ordinal);
        Assert.Contains("at least 5", seven.Problems[0].Hint, StringComparison.Ordinal);
        var six = Create(terms => terms with { Rounds = terms.Rounds with { Quorum = 6 } }, Studies.Members(5));
        Assert.Contains("the quorum, 6", Problem(six), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_need_three_times_their_size_and_a_threshold_for_the_largest()
    {
        static StudyTerms Bucketed(StudyTerms terms, int size) => terms with
        {
            Aggregation = terms.Aggregation with
            {
                Robust = AggregationTerms.Buckets,
                BucketSize = size,
                MinPeers = 5,
            },
        };
        var few = Create(terms => Bucketed(terms, 5), Studies.Members(14));
        Assert.Contains("14 members make 2 group(s)", few.Problems[0].What, StringComparison.Ordinal);
        Assert.True(Create(terms => Bucketed(terms, 5), Studies.Members(15)).IsValid);
        var large = Create(terms => Bucketed(terms, 5), Studies.Members(19));
        Assert.Contains("two sums of 4 out of 7 members", Problem(large), StringComparison.Ordinal);
        Assert.True(Create(terms => Bucketed(terms, 5), Studies.Members(20)).IsValid);
    }

    [Theory]
    [InlineData(15, 3, 5, 5)]
    [InlineData(16, 3, 5, 6)]
    [InlineData(19, 3, 6, 7)]
    [InlineData(20, 4, 5, 5)]
    public void As_many_groups_as_reach_the_least_size_share_the_members(
        int members, int sums, int smallest, int largest)
    {
        var terms = new AggregationTerms(4, 5, 3, 32, AggregationTerms.Buckets);
        Assert.Equal((sums, smallest, largest),
            (terms.Sums(members), terms.SmallestSum(members), terms.LargestSum(members)));
        terms = terms with { Robust = AggregationTerms.NotRobust };
        Assert.Equal((1, members, members),
            (terms.Sums(members), terms.SmallestSum(members), terms.LargestSum(members)));
    }

    [Fact]
    public void Two_members_with_one_key_are_refused()
    {
        var members = Studies.Members(5);
        members[4] = members[4] with { PublicKey = members[0].PublicKey };
        var problem = Problem(Create(terms => terms, members));
        Assert.Contains("'site-0' and 'site-4' have the same key", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_with_an_impossible_name_or_key_is_refused()
    {
        var members = Studies.Members(5);
        members[1] = members[1] with { Name = "line\nfeed" };
        members[2] = members[2] with { PublicKey = new byte[91] };
        Assert.Equal(2, Create(terms => terms, members).Problems.Count);
    }

    [Fact]
    public void Terms_that_no_draft_could_have_are_refused()
    {
        var reading = Create(
            terms => terms with { Purpose = "two\nlines", Model = terms.Model with { Kind = "magic" } },
            Studies.Members(5));
        Assert.Equal(2, reading.Problems.Count);
    }

    [Fact]
    public void A_document_of_a_thousand_members_fits_into_a_message()
    {
        var one = Studies.Heart(6).Canonical.Length - Studies.Heart(5).Canonical.Length;
        var room = TomlLimits.Bytes - Studies.Heart(5).Canonical.Length;
        Assert.True(one * StudyKeys.MaxMembers < room, $"a member takes {one} bytes");
    }

    private static StudyReading<StudyDocument> Create(
        Func<StudyTerms, StudyTerms> change, IReadOnlyList<StudyMember> members) =>
        StudyDocument.Create(
            change(StudyDraft.Read(Samples.Heart).OrThrow("heart.toml")), members, Mechanism, Sha256Digest.Of(
                "model"u8));

    private static string Problem(StudyReading<StudyDocument> reading) => Assert.Single(reading.Problems).What;
}
