using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// SCAFFOLD, option II (Karimireddy, Kale, Mohri, Reddi, Stich and Suresh 2020, algorithm 1): local steps corrected by
/// control variates, c_i of the site and c of the server, so that sites with different patients do not drift apart.
/// State is x and then c, starting from 0. An update is x - y_i, the paper's Delta y_i with the sign of a gradient, and
/// then Delta c_i: one vector, so that one clip and one noise cover both.
/// <para>Line 14, c_i += Delta c_i, is <see cref="ISiteState{T}.Advance"/>; line 17, c += |S|/N times the mean of Delta
/// c_i over S, so 1/N times their sum, is <see cref="ISiteState{T}.Gather"/>. Lines 16 and 17 for x are the study's
/// server optimiser; sgd with rate eta_g is the paper's.</para>
/// </summary>
/// <param name="settings">K and eta_l: steps and rate of the inner loop.</param>
/// <param name="spec">The model.</param>
/// <param name="own">c_i; empty for a site that no round counted with, whose c_i is 0.</param>
internal sealed class Scaffold<T>(AlgorithmSettings settings, ModelSpec spec, ReadOnlyMemory<T> own = default)
    : IMetaAlgorithm<T>, ISiteState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string Name => settings.Name;

    public ModelSpec Spec => spec;

    public int UploadLength => MetaAlgorithms.UploadLength(Name, spec);

    public int OwnLength => spec.ParameterCount;

    public IMetaAlgorithm<T> OfSite(ReadOnlyMemory<T> own)
    {
        FlatVector.RequireSameLength(OwnLength, own.Length);
        return new Scaffold<T>(settings, spec, own);
    }

    public T[] InitialState(ReadOnlySpan<double> theta)
    {
        FlatVector.RequireSameLength(spec.ParameterCount, theta.Length);
        var state = new T[UploadLength];
        for (var i = 0; i < theta.Length; i++) state[i] = T.CreateTruncating(theta[i]);
        return state;
    }

    public double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        ArgumentNullException.ThrowIfNull(model);
        FlatVector.RequireSameLength(UploadLength, state.Length);
        FlatVector.RequireSameLength(UploadLength, update.Length);
        var d = spec.ParameterCount;
        var x = state[..d];
        var c = state[d..];
        ReadOnlySpan<T> ci = own.IsEmpty ? new T[d] : own.Span;
        var rate = T.CreateTruncating(settings.InnerRate);
        var loss = model.Loss(x, task.All);
        var all = task.All;
        var batches = Minibatches.Of(in all, settings.BatchSize, settings.InnerSteps, task.Seed);

        // Lines 7 to 11: y_i -= eta_l (g_i(y_i) - c_i + c).
        var y = x.ToArray();
        var gradient = new T[d];
        for (var k = 0; k < settings.InnerSteps; k++)
        {
            model.Gradient(y, batches[batches.Length == 1 ? 0 : k], gradient);
            for (var i = 0; i < d; i++) y[i] -= rate * (gradient[i] - ci[i] + c[i]);
        }

        // Lines 12 and 13: c_i+ = c_i - c + (x - y_i) / (K eta_l), less c_i.
        var span = T.CreateTruncating(settings.InnerSteps * settings.InnerRate);
        for (var i = 0; i < d; i++)
        {
            update[i] = x[i] - y[i];
            update[d + i] = (update[i] / span) - c[i];
        }

        return loss;
    }

    public void Project(Span<T> state)
    {
    }

    public T[] InnerRates(ReadOnlySpan<T> state)
    {
        var rates = new T[spec.ParameterCount];
        rates.AsSpan().Fill(T.CreateTruncating(settings.InnerRate));
        return rates;
    }
}
