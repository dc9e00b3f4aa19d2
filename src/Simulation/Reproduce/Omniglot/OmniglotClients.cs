using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>Training and test episodes of a character set, with classes that never meet.</summary>
internal static class OmniglotClients
{
    /// <summary>Classes of an episode.</summary>
    public const int Ways = 5;

    /// <summary>Drawings of a class to be judged on, where a client has that many.</summary>
    public const int Queries = 15;

    private const int Rotations = 4;
    private const int FewestQueries = 3;

    /// <summary>What each client draws its training tasks from: characters of the first set alone.</summary>
    public static IReadOnlyList<Episodes> Training(CharacterSet set, ClientKind kind, int shots)
    {
        var drawers = Enumerable.Range(0, set.Drawers).ToArray();
        Episodes Client(IReadOnlyList<int> characters, IReadOnlyList<int> own) => new(set, characters, Rotations, own,
            Ways, shots, Math.Min(Queries, own.Count - shots));

        return kind switch
        {
            ClientKind.Pooled => [Client(set.CharactersOf(a => a.IsTraining), drawers)],
            ClientKind.Alphabets =>
                [.. set.Alphabets.Where(a => a.IsTraining).Select(a => Client(set.CharactersOf(b => b == a), drawers))],
            ClientKind.Drawers => [.. drawers.Chunk(GroupSize(set.Drawers, shots)).Select(own =>
                Client(set.CharactersOf(a => a.IsTraining), own))],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Test episodes: upright characters of the second set alone, all drawers.</summary>
    public static Episodes Test(CharacterSet set, int shots) => new(set, set.CharactersOf(a => a.IsTest), 1,
        [.. Enumerable.Range(0, set.Drawers)], Ways, shots, Math.Min(Queries, set.Drawers - shots));

    /// <summary>The smallest divisor of the drawers that leaves three drawings of a class to be judged on.</summary>
    public static int GroupSize(int drawers, int shots) =>
        Enumerable.Range(1, drawers).First(size => drawers % size == 0 && size >= shots + FewestQueries);

    /// <summary>Why the set is too small for such episodes, or null.</summary>
    public static string? Problem(CharacterSet set, int shots)
    {
        if (set.Drawers < shots + FewestQueries) return $"{set.Drawers} drawers are too few for {shots} shots";
        if (set.CharactersOf(a => a.IsTest).Count < Ways) return $"fewer than {Ways} characters are for tests alone";
        if (!set.Alphabets.Any(a => a.IsTraining)) return "no alphabet is for training";
        var small = set.Alphabets.Where(a => a.IsTraining && set.CharactersOf(b => b == a).Count < Ways).ToList();
        return small.Count > 0 ? $"alphabet {small[0].Name} has fewer than {Ways} characters" : null;
    }
}
