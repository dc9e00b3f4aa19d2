using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>
/// Episodes of <paramref name="ways"/> classes: of each class some drawings to adapt on and others, by other drawers,
/// to be judged on. A class is a character in one of its rotations.
/// </summary>
/// <param name="set">The images.</param>
/// <param name="characters">Whose classes are drawn.</param>
/// <param name="rotations">4 with all quarter turns as classes of their own, 1 upright alone.</param>
/// <param name="drawers">Whose drawings are used.</param>
/// <param name="ways">Classes of an episode.</param>
/// <param name="shots">Drawings of a class to adapt on.</param>
/// <param name="queries">Drawings of a class to be judged on.</param>
internal sealed class Episodes(
    CharacterSet set, IReadOnlyList<int> characters, int rotations, IReadOnlyList<int> drawers, int ways, int shots,
    int queries) : ITaskSource
{
    /// <summary>Drawings of a class to be judged on.</summary>
    public int QueriesOfClass => queries;

    /// <summary>The records of an episode, support first, as they were drawn.</summary>
    internal readonly record struct Record(int Character, int Rotation, int Drawer, int Class);

    /// <inheritdoc/>
    public MetaTask<float> Draw(SeededGenerator generator)
    {
        var records = DrawRecords(generator);
        var inputs = new float[records.Length * set.Pixels];
        var targets = new float[records.Length];
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i];
            set.Copy(record.Character, record.Drawer, record.Rotation, inputs.AsSpan(i * set.Pixels, set.Pixels));
            targets[i] = record.Class;
        }

        return new MetaTask<float>(new Batch<float>(inputs, targets, records.Length), ways * shots);
    }

    internal Record[] DrawRecords(SeededGenerator generator)
    {
        var records = new Record[ways * (shots + queries)];
        var classes = generator.Permutation(characters.Count * rotations).AsSpan(0, ways);
        for (var label = 0; label < ways; label++)
        {
            var (character, rotation) = (characters[classes[label] / rotations], classes[label] % rotations);
            var chosen = generator.Permutation(drawers.Count).AsSpan(0, shots + queries);
            for (var i = 0; i < chosen.Length; i++)
            {
                // Support: all classes' first drawings, then their second ones; then the queries likewise.
                records[i * ways + label] = new Record(character, rotation, drawers[chosen[i]], label);
            }
        }

        return records;
    }
}
