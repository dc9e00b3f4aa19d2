using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Builds models. Every engine is held to the same reference values.</summary>
public interface IEngine
{
    /// <summary>For example <c>managed</c>.</summary>
    string Name { get; }

    /// <summary>For example <c>cpu</c>.</summary>
    string Device { get; }

    /// <summary>True where equal inputs give equal bits on every machine.</summary>
    bool Reproducible { get; }

    /// <summary>The model that <paramref name="spec"/> describes.</summary>
    IModel<T> Build<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
