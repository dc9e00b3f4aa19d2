using FedMeta.Client.Homes;
using FedMeta.Client.Ledger;
using FedMeta.Server.State;
using FedMeta.Simulation.Tests.InProcess;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Buckets;

public sealed class BucketStudyTests
{
    [Fact]
    public async Task Real_agents_of_sixteen_hospitals_train_in_three_groups_and_all_books_agree()
    {
        await using var consortium = new InProcessConsortium();
        await consortium.StartAsync(16);
        await consortium.ProposeAsync(SmallStudy.Draft(tasks: 80, rounds: 2, "1m", "robust = \"buckets\"\ncombine = \"trimmed-mean\""));
        var study = await consortium.UntilOverAsync();
        Assert.Equal(StudyStanding.Completed, study.Standing);
        Assert.Equal(2, study.CompletedRounds);

        using var lines = new MemoryStream();
        consortium.Journal.Export(lines);
        lines.Position = 0;
        var audit = Server.Audit.JournalAudit.Run(lines, null);
        Assert.Null(audit.Finding);
        Assert.Equal((16, 32, 6), (audit.Decisions, audit.Spends, audit.Sums));
        await consortium.StopAgentsAsync();
        foreach (var home in consortium.Homes) BooksAgree(consortium, home, study);
    }

    // The hospital's own journal: its receipts are those of its own group in each round, and hold by themselves.
    private static void BooksAgree(InProcessConsortium consortium, ClientHome home, StudyEntry study)
    {
        var lines = Directory.GetFiles(home.JournalFolder, "*.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadAllBytes).ToArray();
        var records = new List<Protocol.JournalRecord>();
        Assert.True(Protocol.JournalFile.Verify(new MemoryStream(lines), records.Add).IsIntact);
        var audit = JournalAudit.Run(records);
        Assert.Null(audit.Problem);
        var self = records.First(record => record.Type == FactTypes.Joined).Body.GetProperty("client").GetString()!;
        var kept = records.Where(record => record.Type == FactTypes.Receipt).ToList();
        Assert.Equal(study.Rounds.Count, kept.Count);
        foreach (var (round, record) in study.Rounds.Zip(kept))
        {
            var group = consortium.Plan.Groups(round.Round, round.Attempt, round.Model)
                .Single(each => each.Members.Contains(self));
            Assert.Equal(group.Members, record.Body.GetProperty("included").EnumerateArray()
                .Select(each => each.GetString()));
        }
    }
}
