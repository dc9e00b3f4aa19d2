using System.Numerics;
using System.Runtime.InteropServices;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>What happens when a device runs out of memory: the managed engine goes on, and says so once.</summary>
public sealed class FallbackTests
{
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("logistic", 4, 1, []);

    private readonly List<string> _said = [];

    [Fact]
    public void Every_call_that_fails_on_the_device_is_answered_by_the_managed_engine()
    {
        var (theta, batch, v) = RandomModels.Draw(Spec, 4);
        var managed = ManagedEngine.Instance.Build<double>(Spec);
        foreach (var call in (Func<IModel<double>, double[]>[])
        [
            model => [model.Loss(theta, batch)],
            model => Vector(into => model.Gradient(theta, batch, into)),
            model => Vector(into => model.HessianVectorProduct(theta, batch, v, into)),
            model => Scores(into => model.Predict(theta, batch.Inputs.Span, into)),
        ])
        {
            _said.Clear();
            var model = Engine(failsAt: 0).Build<double>(Spec);
            Assert.Equal(call(managed), call(model));
            Assert.Equal(call(managed), call(model));
            Assert.Contains("out of memory", Assert.Single(_said), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_device_that_fails_between_two_records_loses_none_and_repeats_none()
    {
        var (theta, batch, _) = RandomModels.Draw(Spec, 4);
        foreach (var failsAt in (int[])[0, 5, 8])
        {
            var seen = new List<(int Record, double Loss)>();
            Engine(failsAt).Build<double>(Spec)
                .PerExampleGradients(theta, batch, (record, loss, _) => seen.Add((record, loss)));
            var expected = new List<(int Record, double Loss)>();
            ManagedEngine.Instance.Build<double>(Spec)
                .PerExampleGradients(theta, batch, (record, loss, _) => expected.Add((record, loss)));
            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public void A_device_that_does_not_fail_keeps_the_work()
    {
        var (theta, batch, _) = RandomModels.Draw(Spec, 4);
        var engine = Engine(failsAt: int.MaxValue);
        var model = engine.Build<double>(Spec);
        model.Loss(theta, batch);
        model.PerExampleGradients(theta, batch, (_, _, _) => { });
        Assert.Empty(_said);
        Assert.Equal(("failing", "nowhere", false), (engine.Name, engine.Device, engine.Reproducible));
    }

    [Fact]
    public void A_model_that_the_device_does_not_offer_is_the_managed_engine_s_and_that_is_said()
    {
        var engine = new FallbackEngine(new FailingEngine(0), _ => "no such model there", _said.Add);
        var (theta, batch, _) = RandomModels.Draw(Spec, 4);
        Assert.True(double.IsFinite(engine.Build<double>(Spec).Loss(theta, batch)));
        Assert.Equal(["no such model there"], _said);
    }

    [Fact]
    public void What_is_the_caller_s_mistake_stays_a_mistake()
    {
        var model = Engine(failsAt: int.MaxValue).Build<double>(Spec);
        Assert.Throws<ArgumentException>(() => model.Loss(new double[2], RandomModels.Draw(Spec, 4).Batch));
        Assert.Empty(_said);
    }

    private static double[] Vector(Action<double[]> call)
    {
        var vector = new double[Spec.ParameterCount];
        call(vector);
        return vector;
    }

    private static double[] Scores(Action<double[]> call)
    {
        var scores = new double[9];
        call(scores);
        return scores;
    }

    private FallbackEngine Engine(int failsAt) => new(new FailingEngine(failsAt), _ => null, _said.Add);

    private sealed class FailingEngine(int failsAt) : IEngine
    {
        public string Name => "failing";

        public string Device => "nowhere";

        public bool Reproducible => true;

        public IModel<T> Build<T>(ModelSpec spec)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            new FailingModel<T>(ManagedEngine.Instance.Build<T>(spec), failsAt);
    }

    /// <summary>The managed engine until so many calls or records are done.</summary>
    private sealed class FailingModel<T>(IModel<T> inner, int failsAt) : IModel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private int _done;

        public ModelSpec Spec => inner.Spec;

        public int ParameterCount => inner.ParameterCount;

        public double Loss(ReadOnlySpan<T> theta, Batch<T> batch)
        {
            Use();
            return inner.Loss(theta, batch);
        }

        public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
        {
            Use();
            return inner.Gradient(theta, batch, gradient);
        }

        public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
        {
            Use();
            inner.HessianVectorProduct(theta, batch, v, product);
        }

        public void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs)
        {
            Use();
            inner.Predict(theta, inputs, outputs);
        }

        public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink) =>
            inner.PerExampleGradients(theta, batch, (record, loss, gradient) =>
            {
                Use();
                sink(record, loss, gradient);
            });

        private void Use()
        {
            if (_done++ >= failsAt) throw new ExternalException("CUDA out of memory\nand a page of detail");
        }
    }
}
