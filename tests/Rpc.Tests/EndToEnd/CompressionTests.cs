using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FedMeta.Rpc.Tests.EndToEnd;

/// <summary>Neither side expands a compressed message, so no small body becomes a large one.</summary>
public sealed class CompressionTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_server_refuses_a_compressed_request(string encoding)
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect(options => options.CompressionProviders =
        [
            new GzipCompressionProvider(CompressionLevel.Fastest),
            new DeflateCompressionProvider(CompressionLevel.Fastest),
        ]);
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(channel).SayAsync(new EchoRequest { Text = "small" }, headers));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
        Assert.Contains(encoding, error.Status.Detail);
    }

    [Fact]
    public async Task A_server_with_the_provider_takes_the_same_request()
    {
        await using var server = await EchoServer.StartAsync(
            options => options.CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest)]);
        using var channel = server.Connect(
            options => options.CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest)]);
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        var reply = await new Echo.EchoClient(channel).SayAsync(new EchoRequest { Text = "small" }, headers);
        Assert.Equal("small", reply.Text);
    }

    [Fact]
    public async Task A_client_refuses_a_compressed_response()
    {
        await using var server = await EchoServer.StartAsync(
            routes: host => host.MapPost("/raw.Bomb/Get", context => SendCompressedAsync(context, new byte[1 << 20])));
        using var channel = server.Connect();
        var method = new Method<string, string>(
            MethodType.Unary, "raw.Bomb", "Get", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, ""));
        Assert.Contains("gzip", error.Status.Detail);
    }

    [Fact]
    public void The_providers_undo_what_they_do()
    {
        ICompressionProvider[] providers =
        [
            new GzipCompressionProvider(CompressionLevel.Optimal),
            new DeflateCompressionProvider(CompressionLevel.Optimal),
        ];
        Assert.Equal(["gzip", "deflate"], providers.Select(provider => provider.EncodingName));
        foreach (var provider in providers)
        {
            using var compressed = new MemoryStream();
            using (var writer = provider.CreateCompressionStream(compressed, null))
                writer.Write(new byte[1000]);
            Assert.InRange(compressed.Length, 1, 999); // and the stream underneath is still open
            compressed.Position = 0;
            using var original = new MemoryStream();
            using (var reader = provider.CreateDecompressionStream(compressed))
                reader.CopyTo(original);
            Assert.Equal(new byte[1000], original.ToArray());
        }
    }

    /// <summary>A server that sends gzip unasked: one length-prefixed message with its compressed flag set.</summary>
    private static async Task SendCompressedAsync(HttpContext context, byte[] message)
    {
        using var body = new MemoryStream();
        body.Write([1, 0, 0, 0, 0]);
        using (var gzip = new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(message);
        BinaryPrimitives.WriteInt32BigEndian(body.GetBuffer().AsSpan(1), (int)body.Length - 5);
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-encoding"] = "gzip";
        await context.Response.Body.WriteAsync(body.ToArray());
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
