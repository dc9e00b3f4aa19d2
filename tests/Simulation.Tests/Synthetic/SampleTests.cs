using FedMeta.Simulation.Synthetic;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Synthetic;

/// <summary>
/// The samples are what <c>fedmeta-sim hospitals --seed 1</c> writes, so that nobody keeps them by hand.
/// </summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("valley-regional")]
    [InlineData("lakeside-heart")]
    [InlineData("hill-veterans")]
    [InlineData("river-newcomer")]
    public void A_sample_hospital_is_the_generated_one(string name)
    {
        var profile = SyntheticHospitals.Members.Append(SyntheticHospitals.Newcomer).Single(p => p.Name == name);

        var sample = File.ReadAllText(Path.Combine(CheckoutFolder.Root, "samples", "hospitals", name + ".csv"));

        Assert.Equal(SyntheticHospitals.Generate(profile, 1), sample);
    }
}
