namespace TorchSharp;

/// <summary>Disposes the tensors that were made in it, on the thread that made them.</summary>
public sealed class DisposeScope : IDisposable
{
    internal DisposeScope() => throw Absent.Error;

    /// <summary>Disposes them.</summary>
    public void Dispose() => throw Absent.Error;
}
