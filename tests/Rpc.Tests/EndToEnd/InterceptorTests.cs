using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Rpc.Tests.EndToEnd;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Interceptors_on_both_sides_see_every_kind_of_call()
    {
        KindInterceptor near = new(), far = new();
        await using var server = await EchoServer.StartAsync(
            options => options.Interceptors.Add<KindInterceptor>(), services: services => services.AddSingleton(far));
        using var channel = server.Connect();
        var client = new Echo.EchoClient(channel.Intercept(near));
        await client.SayAsync(new EchoRequest());
        using (var scatter = client.Scatter(new EchoRequest()))
            Assert.False(await scatter.ResponseStream.MoveNext());
        using (var gather = client.Gather())
        {
            await gather.RequestStream.CompleteAsync();
            await gather;
        }

        using (var reflect = client.Reflect())
        {
            await reflect.RequestStream.CompleteAsync();
            Assert.False(await reflect.ResponseStream.MoveNext());
        }

        Assert.Equal(["Say", "Scatter", "Gather", "Reflect"], near.Seen);
        Assert.Equal(
            [
                "unary /fedmeta.rpc.tests.Echo/Say Say",
                "server /fedmeta.rpc.tests.Echo/Scatter Scatter",
                "client /fedmeta.rpc.tests.Echo/Gather Gather",
                "duplex /fedmeta.rpc.tests.Echo/Reflect Reflect",
            ],
            far.Seen);
    }
}
