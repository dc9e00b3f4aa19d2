namespace FedMeta.SecureAgg.Tests;

public class ClientMemoryTests
{
    /// <summary>A client holds its vector (4 bytes an entry, given by the caller), one copy that takes the masks (4),
    /// and the packed upload that a broken transfer goes on with (b/8, here 2.5): 2.6 times the vector. The bound is
    /// four times.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(32)]
    public void To_mask_a_million_entries_takes_less_than_four_times_the_vector(int bits)
    {
        const int length = 1_000_000;
        var attempt = new ClientCase(AggregationPhase.CollectMaskedInput, Consortium.Round(5, 4, length, bits));
        var (client, shares) = (attempt.Client, attempt.Shares);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var transition = client.Receive(shares, Consortium.Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsType<MaskedInputMessage>(transition.Outgoing);
        long vector = length * sizeof(uint);
        Assert.InRange(allocated, vector + (length * bits / 8), (3 * vector) - 1);
    }
}
