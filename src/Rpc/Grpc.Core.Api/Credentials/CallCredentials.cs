namespace Grpc.Core;

/// <summary>Credentials of single calls, such as a token in a header. Only a channel looks inside.</summary>
public abstract class CallCredentials
{
    /// <summary>Makes credentials of several ones, applied in order.</summary>
    /// <param name="credentials">Two at least.</param>
    public static CallCredentials Compose(params CallCredentials[] credentials) =>
        new CompositeCallCredentials(credentials);

    /// <summary>Makes credentials that write headers.</summary>
    /// <param name="interceptor">Adds headers before each call.</param>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new InterceptorCallCredentials(interceptor);

    /// <summary>Tells a configurator what these credentials are. For implementations of channels.</summary>
    /// <param name="configurator">What takes the answer.</param>
    /// <param name="state">Handed to the configurator.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
