namespace Grpc.Core;

/// <summary>A status code with a text for people. The default value is <see cref="StatusCode.OK"/>.</summary>
public readonly struct Status
{
    /// <summary>Success without a text.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancellation without a text.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    private readonly string? _detail;

    /// <summary>Makes a status.</summary>
    /// <param name="statusCode">The outcome.</param>
    /// <param name="detail">A text for people; it travels to the peer.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Makes a status that remembers a local cause.</summary>
    /// <param name="statusCode">The outcome.</param>
    /// <param name="detail">A text for people; it travels to the peer.</param>
    /// <param name="debugException">The local cause; it never travels.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        _detail = detail;
        DebugException = debugException;
    }

    /// <summary>The outcome.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>A text for people, never null.</summary>
    public string Detail => _detail ?? "";

    /// <summary>The local cause, if one is known; it never travels.</summary>
    public Exception? DebugException { get; }

    /// <inheritdoc/>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException}\")";
}
