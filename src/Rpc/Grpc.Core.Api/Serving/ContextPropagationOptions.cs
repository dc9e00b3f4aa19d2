namespace Grpc.Core;

/// <summary>What a call hands on to the calls that a server makes on its behalf.</summary>
/// <param name="propagateDeadline">Whether the deadline is handed on.</param>
/// <param name="propagateCancellation">Whether cancellation is handed on.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Everything is handed on.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the deadline is handed on.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancellation is handed on.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}
