using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FedMeta.Learning.Tests;

public class TaskPartitionTests
{
    [Fact]
    public void Every_row_is_in_one_task_at_most_and_tasks_are_full() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 300).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(),
        (rows, support, query) =>
        {
            var tasks = TaskPartition.Rows(rows, support, query, (ulong)rows);
            var used = tasks.SelectMany(t => t).ToList();
            return tasks.Count == rows / (support + query)
                && tasks.All(t => t.Length == support + query)
                && used.Distinct().Count() == used.Count
                && used.All(r => r >= 0 && r < rows);
        }));

    [Fact]
    public void A_changed_patient_changes_one_task_only()
    {
        var x = Enumerable.Range(0, 50).Select(i => (double)i).ToArray();
        var before = TaskPartition.Split(new Batch<double>(x, x, 50), 4, 4, 3);
        var y = (double[])x.Clone();
        y[17] = -1000;
        var after = TaskPartition.Split(new Batch<double>(y, y, 50), 4, 4, 3);
        var changed = before.Zip(after).Count(t => !t.First.All.Inputs.Span.SequenceEqual(t.Second.All.Inputs.Span));
        Assert.InRange(changed, 0, 1);
        Assert.Equal(6, before.Count);
    }

    [Fact]
    public void Rows_left_over_rotate_with_the_seed()
    {
        var seen = new HashSet<int>();
        for (ulong round = 0; round < 20; round++)
            seen.UnionWith(TaskPartition.Rows(15, 4, 4, SeededGenerator.Derive(9, round)).SelectMany(t => t));
        Assert.Equal(15, seen.Count);
    }

    [Fact]
    public void A_seed_means_the_same_split_for_ever() => Assert.Equal(
        "7 3 8 9 5 6 4 1 0 2", string.Join(' ', TaskPartition.Rows(10, 2, 3, 42).SelectMany(t => t)));
}
