using System.Net.Http.Headers;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Hosting;

public sealed class CompressionTests
{
    [Fact]
    public async Task The_coordinator_expands_no_compressed_message()
    {
        await using var federation = await Federation.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        });
        byte[] compressedFrame = [1, 0, 0, 0, 0];
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"https://{federation.Address}/fedmeta.v1.Enrolment/GetStatus"))
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(compressedFrame),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        using var response = await http.SendAsync(request);
        var unimplemented = ((int)Grpc.Core.StatusCode.Unimplemented).ToString();
        Assert.Equal(unimplemented, response.Headers.Concat(response.TrailingHeaders)
            .Single(header => header.Key == "grpc-status").Value.Single());
    }
}
