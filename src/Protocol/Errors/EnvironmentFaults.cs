using System.Net.Sockets;

namespace FedMeta.Protocol;

/// <summary>Says what a fault of the operating system means and what to do about it.</summary>
public static class EnvironmentFaults
{
    // errno of Linux and macOS where they agree; Windows error codes are HRESULTs of facility 7.
    private const int NoSpace = 28, ReadOnly = 30;
    private const int QuotaLinux = 122, QuotaMac = 69;
    private const int NotPermitted = 1, AccessDenied = 13;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsAccessDenied = unchecked((int)0x80070005);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>
    /// The explanation of <paramref name="exception"/>, or null where it is none of the known faults.
    /// </summary>
    /// <param name="exception">What the operating system's call threw.</param>
    /// <param name="subject">The file, folder or address that was worked on; null takes what the exception itself
    /// names.</param>
    public static FedMetaException? TryExplain(Exception exception, string? subject)
    {
        ArgumentNullException.ThrowIfNull(exception);
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is FedMetaException known) return known;
            if (Explain(cause, subject, exception) is { } explained) return explained;
        }

        return null;
    }

    /// <summary>
    /// Runs <paramref name="work"/> and throws a known fault of the operating system as what it means.
    /// </summary>
    /// <exception cref="FedMetaException">Disk full, read-only, permission, port in use, or missing.</exception>
    public static T Explaining<T>(string subject, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is not FedMetaException && TryExplain(fault, subject) is not null)
        {
            throw TryExplain(fault, subject)!;
        }
    }

    /// <inheritdoc cref="Explaining{T}"/>
    public static void Explaining(string subject, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Explaining(subject, () =>
        {
            work();
            return true;
        });
    }

    private static FedMetaException? Explain(Exception cause, string? subject, Exception whole) => cause switch
    {
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => new(
            ExitCode.PortInUse,
            $"another program listens on {subject ?? "the address"} already",
            "stop that program (ss -ltnp shows it) or choose another port",
            whole),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new(
            ExitCode.Permission,
            $"the system does not let this user listen on {subject ?? "the address"}",
            "choose a port above 1023, or grant CAP_NET_BIND_SERVICE",
            whole),
        IOException { HResult: NoSpace or WindowsDiskFull or WindowsHandleDiskFull } => new(
            ExitCode.DiskFull,
            $"the disk is full: {subject ?? cause.Message}",
            "free some space on that disk and run the command again; nothing that was written before is lost",
            whole),
        IOException { HResult: QuotaLinux or QuotaMac } => new(
            ExitCode.DiskFull,
            $"the disk quota of this user is used up: {subject ?? cause.Message}",
            "free some space or raise the quota, and run the command again; nothing that was written before is lost",
            whole),
        IOException { HResult: ReadOnly or WindowsWriteProtected } => new(
            ExitCode.Permission,
            $"the disk is read-only: {subject ?? cause.Message}",
            "mount it writable, or choose another folder with --home",
            whole),
        UnauthorizedAccessException
            or IOException { HResult: NotPermitted or AccessDenied or WindowsAccessDenied } => new(
            ExitCode.Permission,
            $"access is denied: {subject ?? cause.Message}",
            "run as the user that owns the folder, or give that user the right to read and write it",
            whole),
        FileNotFoundException or DirectoryNotFoundException => new(
            ExitCode.NotFound,
            $"there is no such file or folder: {subject ?? cause.Message}",
            "check the path for a typing error",
            whole),
        _ => null,
    };
}
