namespace FedMeta.SecureAgg.Tests;

public class RoundTests
{
    [Theory]
    [InlineData(3, 3, 8)]
    [InlineData(5, 4, 16)]
    [InlineData(6, 5, 17)]
    [InlineData(9, 7, 20)]
    [InlineData(13, 9, 32)]
    public void The_sum_is_exact_when_everyone_stays(int members, int threshold, int bits)
    {
        var round = new Simulated(Consortium.Round(members, threshold, 1003, bits)).ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Equal(round.Inputs.Keys.Order(StringComparer.Ordinal), round.Completed.Included);
        Assert.Empty(round.Completed.Conflicts);
        Assert.Empty(round.ClientRefusals);
        Assert.Empty(round.ServerRefusals);
    }

    [Fact]
    public void Every_client_keeps_a_receipt_that_anyone_with_the_context_can_check()
    {
        var round = new Simulated(Consortium.Round(5, 4)).ToTheEnd();

        foreach (var client in round.Clients.Values)
        {
            var receipt = Assert.IsType<ClientCompleted>(client).Receipt;
            Assert.Equal(round.Completed.Included, receipt.Included);
            Assert.True(receipt.Verify(round.Context));
            Assert.False((receipt with { Included = [.. receipt.Included.Skip(1)] }).Verify(round.Context));
            Assert.False((receipt with { Signatures = [.. receipt.Signatures.Skip(2)] }).Verify(round.Context));
            Assert.False((receipt with { Id = new RoundId(7, 1) }).Verify(round.Context));
            Assert.False(receipt.Verify(round.Context with { ModelHash = new byte[32] }));
        }
    }
}
