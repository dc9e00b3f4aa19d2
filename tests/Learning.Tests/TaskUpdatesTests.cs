using Xunit;

namespace FedMeta.Learning.Tests;

public class TaskUpdatesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Every_task_is_handed_on_once_in_order_with_its_own_update(int threads)
    {
        var (model, state, tasks) = RandomTasks.Sinusoids(37);
        var algorithm = MetaAlgorithms.Create<float>(new AlgorithmSettings("maml", 0.01, 1), model.Spec);
        var next = 0;
        new TaskUpdates<float>(model, algorithm, threads).Run(state, tasks, (task, loss, update) =>
        {
            Assert.Equal(next++, task);
            var own = new float[state.Length];
            Assert.Equal(algorithm.TaskUpdate(model, state, tasks[task], own), loss);
            Assert.Equal(own, update.ToArray());
        });
        Assert.Equal(tasks.Count, next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_task_that_fails_fails_the_run_with_its_own_words(int threads)
    {
        var (model, state, tasks) = RandomTasks.Sinusoids(5);
        var algorithm = MetaAlgorithms.Create<float>(new AlgorithmSettings("maml", 0.01, 1), model.Spec);
        MetaTask<float>[] withEmpty = [.. tasks, new MetaTask<float>(tasks[0].Support, 10)];
        Assert.Throws<ArgumentException>(() =>
            new TaskUpdates<float>(model, algorithm, threads).Run(state, withEmpty, (_, _, _) => { }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_run_that_is_stopped_ends_between_tasks(int threads)
    {
        var (model, state, tasks) = RandomTasks.Sinusoids(50);
        var algorithm = MetaAlgorithms.Create<float>(new AlgorithmSettings("maml", 0.01, 1), model.Spec);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new TaskUpdates<float>(model, algorithm, threads).Run(
            state, tasks, (_, _, _) => source.Cancel(), source.Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_meta_iteration_allocates_nothing_once_it_is_warm(bool ofSurvival)
    {
        var (model, state, tasks) = ofSurvival ? RandomTasks.Survival(25) : RandomTasks.Sinusoids(25);
        var algorithm = MetaAlgorithms.Create<float>(new AlgorithmSettings("maml", 0.01, 1), model.Spec);
        var updates = new TaskUpdates<float>(model, algorithm, threads: 1);
        var sum = new float[state.Length];
        TaskUpdateSink<float> add = (_, _, update) => FlatVector.Add<float>(sum, update);
        for (var i = 0; i < 3; i++) updates.Run(state, tasks, add);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) updates.Run(state, tasks, add);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
