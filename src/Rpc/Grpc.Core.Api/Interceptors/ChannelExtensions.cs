namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors round a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts one interceptor round the channel's calls.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Sees each call first.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) =>
        Invoker(channel).Intercept(interceptor);

    /// <summary>Puts interceptors round the channel's calls; the first one sees a call first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors, outermost first.</param>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) =>
        Invoker(channel).Intercept(interceptors);

    /// <summary>Puts a function that changes the headers round the channel's calls.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Takes the headers of a call, maybe empty, and returns those to send.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor) =>
        Invoker(channel).Intercept(interceptor);

    private static CallInvoker Invoker(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }
}
