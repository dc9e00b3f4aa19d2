namespace Grpc.Core;

/// <summary>A call, as <see cref="AsyncAuthInterceptor"/> sees it.</summary>
public class AuthInterceptorContext
{
    /// <summary>Describes a call.</summary>
    /// <param name="serviceUrl">The service's address.</param>
    /// <param name="methodName">The method without its service.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Describes a call that can be cancelled.</summary>
    /// <param name="serviceUrl">The service's address.</param>
    /// <param name="methodName">The method without its service.</param>
    /// <param name="cancellationToken">Cancelled with the call.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>The service's address.</summary>
    public string ServiceUrl { get; }

    /// <summary>The method without its service.</summary>
    public string MethodName { get; }

    /// <summary>Cancelled with the call.</summary>
    public CancellationToken CancellationToken { get; }
}
