using System.Runtime.Intrinsics;

namespace FedMeta.SecureAgg;

/// <summary>How one block of keystream falls onto words: the compiler makes one loop for each implementation.</summary>
/// <typeparam name="TWord">The words of the vector.</typeparam>
internal interface IMaskLane<TWord>
    where TWord : unmanaged
{
    /// <summary>Entries under one block.</summary>
    static abstract int PerBlock { get; }

    /// <summary>Applies a block to the words from <paramref name="place"/> on.</summary>
    static abstract void Apply(ref TWord place, Vector128<byte> keystream);
}
