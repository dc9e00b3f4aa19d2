namespace FedMeta.SecureAgg.Tests;

public class SecretBufferTests
{
    [Fact]
    public void A_secret_is_zeroed_when_it_is_disposed_and_never_printed()
    {
        var secret = SecretBuffer.CopyOf([1, 2, 3]);
        var bytes = secret.Bytes;

        Assert.Equal("(secret)", secret.ToString());
        secret.Dispose();

        Assert.Equal(new byte[3], bytes);
        Assert.True(secret.IsErased);
        Assert.Throws<ObjectDisposedException>(() => secret.Bytes);
    }
}
