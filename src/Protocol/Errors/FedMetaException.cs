namespace FedMeta.Protocol;

/// <summary>
/// A fault of the environment (disk, port, file, network, configuration) that ends a command: what happened, and what
/// the person at the keyboard can do about it. Never thrown for what a peer's bytes hold or for an outcome that is
/// expected.
/// </summary>
public sealed class FedMetaException : Exception
{
    /// <param name="code">What the process exits with; not <see cref="ExitCode.Ok"/>.</param>
    /// <param name="what">What happened, one sentence without the final stop. Holds no secret.</param>
    /// <param name="hint">What to do about it, one sentence without the final stop.</param>
    /// <param name="cause">The exception that this one explains.</param>
    public FedMetaException(ExitCode code, string what, string hint, Exception? cause = null)
        : base(what, cause)
    {
        if (code == ExitCode.Ok) throw new ArgumentException("a fault has a code of its own", nameof(code));
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        ArgumentException.ThrowIfNullOrWhiteSpace(hint);
        Code = code;
        Hint = hint;
    }

    /// <summary>What the process exits with.</summary>
    public ExitCode Code { get; }

    /// <summary>What happened.</summary>
    public string What => Message;

    /// <summary>What to do about it.</summary>
    public string Hint { get; }
}
