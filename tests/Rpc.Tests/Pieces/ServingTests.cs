using System.Text;
using Grpc.Core;

namespace FedMeta.Rpc.Tests.Pieces;

public sealed class ServingTests
{
    private static readonly Method<string, string> s_method = new(
        MethodType.Unary, "package.Service", "Method", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public void A_method_knows_its_path()
    {
        Assert.Equal("/package.Service/Method", s_method.FullName);
        Assert.Equal("package.Service", s_method.ServiceName);
        Assert.Equal("Method", s_method.Name);
        Assert.Equal(MethodType.Unary, s_method.Type);
    }

    [Fact]
    public void A_generated_service_hands_over_its_methods_in_order()
    {
        var seen = new Binder();
        Echo.BindService(new EndToEnd.EchoService(new())).BindService(seen);
        Assert.Equal(
            ["Say Unary", "Fail Unary", "Hang Unary", "Scatter ServerStreaming", "Gather ClientStreaming",
                "Reflect DuplexStreaming"],
            seen.Methods);
    }

    [Fact]
    public void A_method_is_added_once()
    {
        var builder = ServerServiceDefinition.CreateBuilder()
            .AddMethod(s_method, (request, _) => Task.FromResult(request));
        Assert.Throws<ArgumentException>(
            () => builder.AddMethod(s_method, (request, _) => Task.FromResult(request)));
    }

    [Fact]
    public void A_binder_refuses_a_method_until_a_server_overrides_it() =>
        Assert.Throws<NotImplementedException>(
            () => new ServiceBinderBase().AddMethod(s_method, (request, _) => Task.FromResult(request)));

    [Fact]
    public void A_caller_without_an_identity_is_not_authenticated()
    {
        var context = new AuthContext(null, []);
        Assert.False(context.IsPeerAuthenticated);
        Assert.Empty(context.PeerIdentity);
        Assert.Empty(context.Properties);
        Assert.Empty(context.FindPropertiesByName("name"));
    }

    [Fact]
    public void A_caller_has_the_identity_that_the_named_property_gives()
    {
        var name = AuthProperty.Create("name", Encoding.UTF8.GetBytes("hospital-ä"));
        var other = AuthProperty.Create("other", [1]);
        var context = new AuthContext("name", new() { ["name"] = [name], ["other"] = [other] });
        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal("hospital-ä", Assert.Single(context.PeerIdentity).Value);
        Assert.Equal([name, other], context.Properties);
        Assert.Equal([1], Assert.Single(context.FindPropertiesByName("other")).ValueBytes);
    }

    private sealed class Binder : ServiceBinderBase
    {
        public List<string> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            Add(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            Add(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            Add(method);

        private void Add(IMethod method) => Methods.Add($"{method.Name} {method.Type}");
    }
}
