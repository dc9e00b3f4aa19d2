using System.Numerics;

namespace FedMeta.Learning;

/// <summary>One task of meta-learning: patients to adapt on (support) and other patients to be judged on
/// (query).</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct MetaTask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The first <paramref name="supportCount"/> records of <paramref name="all"/> are the support.</summary>
    public MetaTask(Batch<T> all, int supportCount, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(supportCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(supportCount, all.Count);
        All = all;
        SupportCount = supportCount;
        Seed = seed;
    }

    /// <summary>Support, then query: what algorithms without a split train on.</summary>
    public Batch<T> All { get; }

    /// <summary>How many of the records are support.</summary>
    public int SupportCount { get; }

    /// <summary>Draws the minibatches of the inner steps; public, and no function of the records.</summary>
    public ulong Seed { get; }

    /// <summary>The records to adapt on.</summary>
    public Batch<T> Support => All.Slice(0, SupportCount);

    /// <summary>The records to be judged on.</summary>
    public Batch<T> Query => All.Slice(SupportCount, All.Count - SupportCount);
}
