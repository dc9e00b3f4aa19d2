namespace FedMeta.Privacy.Tests.Mechanism;

public sealed class DeltaRuleTests
{
    [Theory]
    [InlineData(1.0 / 640, 64)]
    [InlineData(1e-5, 10_000)]
    [InlineData(1e-3, 100)]
    [InlineData(1e-7, 1_000_000)]
    public void A_delta_of_a_tenth_of_a_patient_suffices_and_the_next_larger_one_does_not(double delta, long patients)
    {
        var request = MechanismPlanTests.Tasks with { Delta = delta, Patients = patients };
        Assert.True(DeltaRule.Suffices(delta, patients));
        Assert.True(new DeltaRule(patients).Allows(PrivacyUnit.Patient, delta));
        Assert.Empty(request.Validate());
        var larger = Math.BitIncrement(delta);
        Assert.False(DeltaRule.Suffices(larger, patients));
        Assert.False(new DeltaRule(patients).Allows(PrivacyUnit.Patient, larger));
        Assert.NotEmpty((request with { Delta = larger }).Validate());
        Assert.True(new DeltaRule(patients).Allows(PrivacyUnit.Site, larger));
    }
}
