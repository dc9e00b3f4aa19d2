using Grpc.Core;

namespace FedMeta.Rpc.Tests.Pieces;

public sealed class CallOptionsTests
{
    [Fact]
    public void Nothing_is_set_by_default()
    {
        var options = default(CallOptions);
        Assert.Null(options.Headers);
        Assert.Null(options.Deadline);
        Assert.Equal(CancellationToken.None, options.CancellationToken);
        Assert.Null(options.WriteOptions);
        Assert.Null(options.PropagationToken);
        Assert.Null(options.Credentials);
        Assert.False(options.IsWaitForReady);
    }

    [Fact]
    public void Each_With_changes_one_thing_in_a_copy()
    {
        using var source = new CancellationTokenSource();
        var headers = new Metadata();
        var deadline = DateTime.UnixEpoch;
        var write = new WriteOptions(WriteFlags.NoCompress);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var bare = default(CallOptions);
        var full = bare.WithHeaders(headers).WithDeadline(deadline).WithCancellationToken(source.Token)
            .WithWriteOptions(write).WithCredentials(credentials).WithWaitForReady();
        Assert.Same(headers, full.Headers);
        Assert.Equal(deadline, full.Deadline);
        Assert.Equal(source.Token, full.CancellationToken);
        Assert.Same(write, full.WriteOptions);
        Assert.Same(credentials, full.Credentials);
        Assert.True(full.IsWaitForReady);
        Assert.False(full.WithWaitForReady(false).IsWaitForReady);
        Assert.Null(bare.Headers);
    }

    [Fact]
    public void Write_options_hold_flags()
    {
        Assert.Equal(default, WriteOptions.Default.Flags);
        var both = WriteFlags.BufferHint | WriteFlags.NoCompress;
        Assert.Equal(both, new WriteOptions(both).Flags);
    }
}
