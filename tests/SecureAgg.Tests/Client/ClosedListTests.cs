namespace FedMeta.SecureAgg.Tests;

public class ClosedListTests
{
    [Fact]
    public void Every_refusal_of_a_client_has_a_test() =>
        Assert.Empty(Enum.GetValues<ClientRefusal>().Except(CoversAttribute.EntriesOf<ClientRefusal>()));

    [Fact]
    public void Every_refusal_of_the_server_has_a_test() =>
        Assert.Empty(Enum.GetValues<ServerRefusal>().Except(CoversAttribute.EntriesOf<ServerRefusal>()));

    [Fact]
    public void Every_refusal_of_the_design_has_a_test() =>
        Assert.Empty(Enum.GetValues<DesignRefusal>().Except(CoversAttribute.EntriesOf<DesignRefusal>()));

    [Fact]
    public void Every_reason_to_abort_has_a_test() =>
        Assert.Empty(Enum.GetValues<AbortReason>().Except(CoversAttribute.EntriesOf<AbortReason>()));
}
