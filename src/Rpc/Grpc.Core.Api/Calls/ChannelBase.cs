namespace Grpc.Core;

/// <summary>A connection, in the long run, to one server.</summary>
public abstract class ChannelBase
{
    /// <summary>Makes a channel.</summary>
    /// <param name="target">The server, as <c>host:port</c>.</param>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The server, as <c>host:port</c>.</summary>
    public string Target { get; }

    /// <summary>Something that starts calls on this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Closes the channel; its calls should have ended.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Does the work of <see cref="ShutdownAsync"/>; by itself there is none.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
