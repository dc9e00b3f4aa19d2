using FedMeta.Privacy.Tests.Mechanism;

namespace FedMeta.Privacy.Tests.Reporting;

public class ReportTextTests
{
    private static readonly MechanismPlan Plan =
        MechanismPlanTests.Plan(MechanismPlanTests.Tasks with { Colluders = 2 });

    public static TheoryData<MechanismRequest, int, long> Studies => new()
    {
        { MechanismPlanTests.Tasks with { Colluders = 2 }, 10, 100 },
        { MechanismPlanTests.Tasks with { Colluders = 0 }, 0, 100 },
        { MechanismPlanTests.Tasks with { Epsilon = 50, Rounds = 3 }, 3, 100 },
        { MechanismPlanTests.Tasks, 5, 1_000_000 },
        { MechanismPlanTests.Sites, 100, 100 },
        { MechanismPlanTests.Tasks with { Contribution = ContributionKind.PatientGradient }, 1, 100 },
        { MechanismPlanTests.Tasks with { Unit = PrivacyUnit.Task }, 1, 100 },
        {
            MechanismPlanTests.Tasks with
            {
                Contribution = ContributionKind.PatientGradient, SamplingRate = SamplingRate.FromMillionths(125_000),
            },
            10,
            100
        },
    };

    [Theory]
    [MemberData(nameof(Studies))]
    public void Both_languages_say_the_same_numbers_in_the_same_order(MechanismRequest request, int rounds,
        long patients)
    {
        var report = Reports.Of(MechanismPlanTests.Plan(request), Enumerable.Repeat(7, rounds), patients);
        var (english, korean) = (report.Texts[0], report.Texts[1]);
        Assert.Equal(("en", "ko"), (english.Language, korean.Language));
        Assert.Equal(english.Meaning.Count, korean.Meaning.Count);
        Assert.Equal(english.Assumptions.Count, korean.Assumptions.Count);
        Assert.Equal(english.NotProtected.Count, korean.NotProtected.Count);
        foreach (var (one, other) in english.Meaning.Concat(english.Assumptions)
            .Zip(korean.Meaning.Concat(korean.Assumptions)))
            Assert.True(HasNumbersOf(one, other), $"{one} / {other}");

        var (page, side) = (report.Summaries[0], report.Summaries[1]);
        Assert.Equal(("en", "ko"), (page.Language, side.Language));
        Assert.Equal(page.Parts.Count, side.Parts.Count);
        Assert.True(HasNumbersOf(page.Verdict, side.Verdict));
        foreach (var (one, other) in page.Parts.Zip(side.Parts))
            Assert.True(HasNumbersOf(one.Text, other.Text), $"{one.Text} / {other.Text}");
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void No_sentence_promises_what_differential_privacy_does_not_give(MechanismRequest request, int rounds,
        long patients)
    {
        var report = Reports.Of(MechanismPlanTests.Plan(request), Enumerable.Repeat(7, rounds), patients);
        foreach (var sentence in Sentences(report))
        {
            Assert.DoesNotContain("anonym", sentence, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("익명", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(PrivacyUnit.Patient, true)]
    [InlineData(PrivacyUnit.Task, true)]
    [InlineData(PrivacyUnit.Site, false)]
    public void Every_claim_about_patients_names_what_it_assumes_of_the_files(PrivacyUnit unit, bool cutsTasks)
    {
        var request = MechanismPlanTests.Tasks with
        {
            Unit = unit,
            Contribution = cutsTasks ? ContributionKind.TaskGradient : ContributionKind.SiteUpdate,
            MaxContributionsPerClient = cutsTasks ? MechanismPlanTests.Tasks.MaxContributionsPerClient : 1,
        };
        var report = Reports.Of(MechanismPlanTests.Plan(request), [8]);
        Assert.Contains(report.Claims, claim => claim.Unit == PrivacyUnit.Patient);
        var assumptions = report.Texts[0].Assumptions;
        Assert.Contains(assumptions, sentence => sentence.Contains("one hospital", StringComparison.Ordinal));
        Assert.Contains(report.Texts[1].Assumptions, sentence => sentence.Contains("한 곳의 환자", StringComparison.Ordinal));
        Assert.Equal(cutsTasks, assumptions.Any(s => s.Contains("no patient in two rows", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_large_epsilon_is_not_dressed_up_as_odds()
    {
        var plan = MechanismPlanTests.Plan(MechanismPlanTests.Tasks with { Epsilon = 50, Rounds = 1 });
        var report = Reports.Of(plan, [8]);
        Assert.Contains("no reassuring bound", report.Texts[0].Meaning[1], StringComparison.Ordinal);
        Assert.DoesNotContain("factor", report.Texts[0].Meaning[1], StringComparison.Ordinal);
        Assert.Contains("no reassuring bound", report.Summaries[0].Parts[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("fifty-fifty", report.Summaries[0].Parts[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_that_is_over_promises_no_further_round()
    {
        var rounds = new RoundFact[] { new(1, 1, RoundFate.Completed, 7, false) };
        var over = PrivacyReport.Of(Reports.Facts(Plan, rounds, isOver: true));
        Assert.Contains(over.Summaries[0].Parts, part => part.Text.Contains("No round can follow",
            StringComparison.Ordinal));
        var going = PrivacyReport.Of(Reports.Facts(Plan, rounds));
        Assert.Contains(going.Summaries[0].Parts, part => part.Text.Contains("99 more rounds", StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_facts_give_equal_words()
    {
        var (one, two) = (Reports.Of(Plan, [7, 8]), Reports.Of(Plan, [7, 8]));
        Assert.Equal(Sentences(one), Sentences(two));
    }

    [Theory]
    [InlineData(2.0001, "2.01", "2")]
    [InlineData(2.9999999999, "3", "2.99")]
    [InlineData(3.0000000000001, "3", "3")]
    [InlineData(0.1, "0.1", "0.1")]
    [InlineData(0.00012341, "0.000124", "0.000123")]
    [InlineData(1e-5, "0.00001", "0.00001")]
    [InlineData(1e-12, "1e-12", "1e-12")]
    [InlineData(1234.1, "1240", "1230")]
    [InlineData(1234567.0, "1.24e+6", "1.23e+6")]
    [InlineData(-1234.5, "-1230", "-1240")]
    [InlineData(0.0, "0", "0")]
    public void Numbers_are_rounded_away_from_what_would_flatter(double value, string up, string down)
    {
        Assert.Equal(up, ReportNumbers.Up(value));
        Assert.Equal(down, ReportNumbers.Down(value));
    }

    [Fact]
    public void Shares_are_rounded_away_too()
    {
        Assert.Equal("12.4", ReportNumbers.Percent(0.12301));
        Assert.Equal("12.3", ReportNumbers.PercentDown(0.12399));
        Assert.Equal("100", ReportNumbers.Percent(1));
    }

    // Digits of one text that the other must have as well; small numbers are words in one language at times.
    private static bool HasNumbersOf(string one, string other)
    {
        static List<string> Numbers(string text) =>
            [.. System.Text.RegularExpressions.Regex.Matches(text, @"\d+\.\d+|\d{2,}").Select(m => m.Value).Order()];
        return Numbers(one).Distinct().SequenceEqual(Numbers(other).Distinct());
    }

    private static IEnumerable<string> Sentences(PrivacyReport report) =>
        report.Texts.SelectMany(text => text.Meaning.Concat(text.Assumptions).Concat(text.NotProtected))
            .Concat(report.Summaries.SelectMany(page => page.Parts.Select(part => part.Heading + part.Text)
                .Prepend(page.Verdict)));
}
