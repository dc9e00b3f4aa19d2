namespace Grpc.Core;

/// <summary>Takes a call's credentials apart. For implementations of channels.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>A function writes the headers.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="interceptor">The function.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);

    /// <summary>There are several credentials.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="credentials">The credentials, in order.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);
}
