namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors round something that starts calls.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts one interceptor round the invoker.</summary>
    /// <param name="invoker">Starts calls.</param>
    /// <param name="interceptor">Sees each call first.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Puts interceptors round the invoker; the first one sees a call first.</summary>
    /// <param name="invoker">Starts calls.</param>
    /// <param name="interceptors">The interceptors, outermost first.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        for (var i = interceptors.Length - 1; i >= 0; i--)
            invoker = invoker.Intercept(interceptors[i]);
        return invoker;
    }

    /// <summary>Puts a function that changes the headers round the invoker.</summary>
    /// <param name="invoker">Starts calls.</param>
    /// <param name="interceptor">Takes the headers of a call, maybe empty, and returns those to send.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return invoker.Intercept(new HeaderInterceptor(interceptor));
    }
}
