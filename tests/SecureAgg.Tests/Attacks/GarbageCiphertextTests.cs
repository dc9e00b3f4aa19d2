namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 12: two clients send shares that do not decrypt, each to three others.</summary>
public class GarbageCiphertextTests
{
    private static readonly Dictionary<string, string[]> Garblers = new()
    {
        ["site-000"] = ["site-002", "site-003", "site-004"],
        ["site-001"] = ["site-005", "site-006", "site-007"],
    };

    [Fact, Attack(AttackRow.GarbageCiphertext, Outcome.SucceedsWeakened)]
    public void Where_a_bad_ciphertext_ends_a_client_s_round_two_clients_end_everyone_s()
    {
        var cohort = new Cohort(Round(), Weakness.AbortsOnBadCiphertext);
        var server = new MaliciousServer(cohort) { Lies = Lie }.Collect();

        Assert.Equal(Garblers.Values.SelectMany(hit => hit), server.Refusals.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(3, server.Answers.Count);
        Assert.True(server.Answers.Count < cohort.Context.Parameters.Threshold);
    }

    [Fact, Attack(AttackRow.GarbageCiphertext, Outcome.Fails)]
    public void Ours_count_it_as_a_share_not_held_and_the_round_completes_and_names_both()
    {
        var round = new Simulated(Round()) { FromClient = Lie };
        round.ToTheEnd();

        Assert.Empty(round.ClientRefusals);
        Assert.Equal(round.Inputs.Keys, round.Completed.Included);
        round.AssertExact(round.Inputs.Keys);
        Assert.Equal(Garblers.Keys, round.Completed.Culprits);
        Assert.All(round.Completed.Conflicts, each => Assert.Equal(ShareConflictKind.Missing, each.Kind));
        Assert.Equal(6, round.Completed.Conflicts.Count);
    }

    private static RoundContext Round() => Consortium.Round(Consortium.Parameters(37, 20, 9, 6, 2), 9);

    private static ClientMessage Lie(string id, ClientMessage message) =>
        message is ShareKeysMessage shares && Garblers.TryGetValue(id, out var hit)
            ? new ShareKeysMessage([.. shares.Shares.Select(share => hit.Contains(share.Peer) ? Garble(share) : share)])
            : message;

    private static EncryptedShare Garble(EncryptedShare share)
    {
        var ciphertext = share.Ciphertext.ToArray();
        ciphertext[0] ^= 1;
        return share with { Ciphertext = ciphertext };
    }
}
