using Grpc.Core;

namespace FedMeta.Rpc.Tests.Pieces;

public sealed class StatusTests
{
    [Fact]
    public void The_codes_are_those_of_the_wire() => Assert.Equal(
        [
            "OK", "Cancelled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists",
            "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented",
            "Internal", "Unavailable", "DataLoss", "Unauthenticated",
        ],
        Enum.GetValues<StatusCode>().OrderBy(code => (int)code).Select(code => code.ToString()));

    [Fact]
    public void The_default_status_is_success() => Assert.Equal(StatusCode.OK, default(Status).StatusCode);

    [Fact]
    public void A_status_remembers_its_parts()
    {
        var cause = new IOException("disk");
        var status = new Status(StatusCode.DataLoss, "gone", cause);
        Assert.Equal(StatusCode.DataLoss, status.StatusCode);
        Assert.Equal("gone", status.Detail);
        Assert.Same(cause, status.DebugException);
        Assert.Contains("DataLoss", status.ToString());
        Assert.Contains("gone", status.ToString());
        Assert.Contains("disk", status.ToString());
        Assert.Equal(StatusCode.Cancelled, Status.DefaultCancelled.StatusCode);
        Assert.Equal(StatusCode.OK, Status.DefaultSuccess.StatusCode);
    }

    [Fact]
    public void An_exception_carries_status_trailers_message_and_cause()
    {
        var cause = new IOException("disk");
        var trailers = new Metadata { { "k", "v" } };
        var status = new Status(StatusCode.Aborted, "why", cause);
        var exception = new RpcException(status, trailers, "in short");
        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
        Assert.Equal("why", exception.Status.Detail);
        Assert.Same(trailers, exception.Trailers);
        Assert.Equal("in short", exception.Message);
        Assert.Same(cause, exception.InnerException);
        Assert.Empty(new RpcException(status).Trailers);
        Assert.Equal(status.ToString(), new RpcException(status).Message);
        Assert.Equal("in short", new RpcException(status, "in short").Message);
        Assert.Throws<ArgumentNullException>(() => new RpcException(status, (Metadata)null!));
    }
}
