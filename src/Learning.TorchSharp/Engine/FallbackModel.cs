using System.Numerics;
using System.Runtime.InteropServices;

namespace FedMeta.Learning.Torch;

/// <summary>A model on a device until a call fails there; that call and all later ones go to the other.</summary>
internal sealed class FallbackModel<T>(IModel<T> preferred, IModel<T> spare, Action<string> report) : IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _failed;

    public ModelSpec Spec => preferred.Spec;

    public int ParameterCount => preferred.ParameterCount;

    private bool HasFailed => Volatile.Read(ref _failed) != 0;

    public double Loss(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        try
        {
            if (!HasFailed) return preferred.Loss(theta, batch);
        }
        catch (ExternalException fault)
        {
            GoOn(fault);
        }

        return spare.Loss(theta, batch);
    }

    public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
    {
        try
        {
            if (!HasFailed) return preferred.Gradient(theta, batch, gradient);
        }
        catch (ExternalException fault)
        {
            GoOn(fault);
        }

        return spare.Gradient(theta, batch, gradient);
    }

    public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
    {
        try
        {
            if (!HasFailed)
            {
                preferred.HessianVectorProduct(theta, batch, v, product);
                return;
            }
        }
        catch (ExternalException fault)
        {
            GoOn(fault);
        }

        spare.HessianVectorProduct(theta, batch, v, product);
    }

    public void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        try
        {
            if (!HasFailed)
            {
                preferred.Predict(theta, inputs, outputs);
                return;
            }
        }
        catch (ExternalException fault)
        {
            GoOn(fault);
        }

        spare.Predict(theta, inputs, outputs);
    }

    /// <summary>Every record is handed on once: the other engine begins with the record that failed.</summary>
    public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink)
    {
        var next = 0;
        try
        {
            if (!HasFailed)
            {
                preferred.PerExampleGradients(theta, batch, (record, loss, gradient) =>
                {
                    next = record + 1;
                    sink(record, loss, gradient);
                });
                return;
            }
        }
        catch (ExternalException fault)
        {
            GoOn(fault);
        }

        var rest = batch.Slice(next, batch.Count - next);
        spare.PerExampleGradients(theta, rest, (record, loss, gradient) => sink(next + record, loss, gradient));
    }

    private void GoOn(ExternalException fault)
    {
        if (Interlocked.Exchange(ref _failed, 1) != 0) return;
        report($"the device failed ({fault.Message.Split('\n')[0].TrimEnd()}); the managed engine goes on");
    }
}
