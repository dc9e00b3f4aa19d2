using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Hosting;
using FedMeta.Server.Tests.Harness;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace FedMeta.Server.Tests.Hosting;

public sealed class AuthorisationMatrixTests
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(b => b, b => b);

    private static IEnumerable<MethodDescriptor> Methods =>
        new[] { EnrolmentReflection.Descriptor, StudiesReflection.Descriptor, RoundsReflection.Descriptor,
            LedgerReflection.Descriptor, OperatorReflection.Descriptor }
            .SelectMany(f => f.Services).SelectMany(s => s.Methods);

    [Fact]
    public void Every_procedure_has_exactly_one_entry() =>
        Assert.Equal(Methods.Select(NameOf).Order(StringComparer.Ordinal),
            AuthorisationMatrix.Roles.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_procedure_answers_its_own_role_and_nobody_else()
    {
        await using var federation = await Federation.StartAsync();
        var client = await federation.JoinAsync("Seoul General");
        using var certificate = CertificateFiles.Load(federation.Home.OperatorCertificate);
        using var identity = Identity.Load(federation.Home.OperatorKey);
        using var attached = identity.Attach(certificate);
        using var person = new PinnedChannel(federation.Address, federation.Home.ServerPin(), attached);
        using var nobody = new PinnedChannel(federation.Address, federation.Home.ServerPin());
        foreach (var method in Methods)
        {
            var role = AuthorisationMatrix.Roles[NameOf(method)];
            Check(method, role == Role.Anyone ? null : StatusCode.Unauthenticated, await CallAsync(nobody, method));
            Check(method, role == Role.Operator ? StatusCode.PermissionDenied : null, await CallAsync(client.Channel,
                method));
            Check(method, role == Role.Client ? StatusCode.PermissionDenied : null, await CallAsync(person, method));
        }

        Assert.Empty(federation.Log.Errors);
    }

    // Null: the caller was let in, whatever the procedure then said about an empty request.
    private static void Check(MethodDescriptor method, StatusCode? refusal, StatusCode answer)
    {
        StatusCode[] refusals = [StatusCode.Unauthenticated, StatusCode.PermissionDenied];
        Assert.True(refusal is { } code ? answer == code : !refusals.Contains(answer), $"{method.FullName}: {answer}");
    }

    private static async Task<StatusCode> CallAsync(PinnedChannel channel, MethodDescriptor method)
    {
        var kind = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            _ => MethodType.ServerStreaming,
        };
        var raw = new Method<byte[], byte[]>(kind, method.Service.FullName, method.Name, Raw, Raw);
        var invoker = channel.Channel.CreateCallInvoker();
        using var limit = new CancellationTokenSource();
        var options = new CallOptions(cancellationToken: limit.Token);
        try
        {
            switch (kind)
            {
                case MethodType.Unary when method.Name == "Await":
                    // It is held open when the caller is let in; headers come with a refusal only.
                    using (var call = invoker.AsyncUnaryCall(raw, null, options, []))
                    {
                        await Task.WhenAny(call.ResponseAsync, Task.Delay(TimeSpan.FromSeconds(2),
                            TimeProvider.System));
                        if (call.ResponseAsync.IsCompleted)
                            await call;
                        await limit.CancelAsync();
                    }

                    break;
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(raw, null, options, []);
                    break;
                case MethodType.ClientStreaming:
                    using (var call = invoker.AsyncClientStreamingCall(raw, null, options))
                    {
                        await call.RequestStream.CompleteAsync();
                        await call;
                    }

                    break;
                default:
                    using (var call = invoker.AsyncServerStreamingCall(raw, null, options, []))
                        await call.ResponseStream.MoveNext(CancellationToken.None);
                    break;
            }

            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }

    private static string NameOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";
}
