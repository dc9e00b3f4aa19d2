using FedMeta.Client.Policy;
using FedMeta.Privacy;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Client.Tests.Policy;

public sealed class EffectiveLimitsTests
{
    private static readonly Gen<HospitalPolicy> Policies =
        from total in Gen.Choose(1, 4000)
        from study in Gen.Choose(1, 4000)
        from delta in Gen.Choose(3, 9)
        from peers in Gen.Choose(3, 256)
        from rows in Gen.Choose(1, 1000)
        from honest in Gen.Choose(2, 10)
        from colluders in Gen.Choose(0, 10)
        select new HospitalPolicy
        {
            MaxEpsilonTotal = total / 100.0,
            MaxEpsilonPerStudy = study / 100.0,
            Delta = Math.Pow(10, -delta),
            MinPeers = peers,
            MinRows = rows,
            MinHonestInputs = honest,
            MinColluders = colluders,
        };

    private static readonly Gen<StudyDemands> Studies =
        from units in Gen.Choose(1, 2_000_000)
        from factor in Gen.Elements(1, 4)
        from peers in Gen.Choose(3, 256)
        from rows in Gen.Choose(1, 1000)
        from honest in Gen.Choose(2, 10)
        from colluders in Gen.Choose(0, 10)
        select new StudyDemands(
            PrivacyUnit.Patient, Rho.Ceiling(units, 1_000_000), factor, peers, rows, honest, colluders, 6);

    [Fact]
    public void A_policy_can_only_tighten_and_a_study_can_only_tighten()
    {
        Prop.ForAll(Studies.ToArbitrary(), Policies.ToArbitrary(), (study, policy) =>
        {
            var limits = EffectiveLimits.Tighten(study, policy);
            return limits.StudyBudget <= study.Budget.Times(study.PatientFactor)
                && ZeroConcentratedDp.Epsilon(limits.StudyBudget.ToDouble(), policy.Delta)
                    <= policy.MaxEpsilonPerStudy * (1 + 1e-9)
                && ZeroConcentratedDp.Epsilon(limits.TotalBudget.ToDouble(), policy.Delta)
                    <= policy.MaxEpsilonTotal * (1 + 1e-9)
                && limits.MinPeers >= study.MinPeers && limits.MinPeers >= policy.MinPeers
                && limits.MinRows >= study.MinRows && limits.MinRows >= policy.MinRows
                && limits.MinHonestInputs >= study.MinHonestInputs && limits.MinHonestInputs >= policy.MinHonestInputs
                && limits.Colluders >= study.Colluders && limits.Colluders >= policy.MinColluders;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_later_policy_of_lower_epsilons_only_lowers_and_no_study_raises_the_total()
    {
        Prop.ForAll(Studies.Two().ToArbitrary(), Policies.ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(),
            (studies, policy, percent) =>
            {
                var lower = policy with
                {
                    MaxEpsilonTotal = policy.MaxEpsilonTotal * percent / 100,
                    MaxEpsilonPerStudy = policy.MaxEpsilonPerStudy * percent / 100,
                };
                var (before, after) = (EffectiveLimits.Tighten(studies.Item1, policy),
                    EffectiveLimits.Tighten(studies.Item1, lower));
                return after.StudyBudget <= before.StudyBudget && after.TotalBudget <= before.TotalBudget
                    && EffectiveLimits.Tighten(studies.Item2, policy).TotalBudget == before.TotalBudget;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Theory]
    [InlineData("20:00-06:00", "23:30", true)]
    [InlineData("20:00-06:00", "05:59", true)]
    [InlineData("20:00-06:00", "06:00", false)]
    [InlineData("20:00-06:00", "12:00", false)]
    [InlineData("08:00-18:00", "08:00", true)]
    [InlineData("08:00-18:00", "18:00", false)]
    public void Hours_may_pass_midnight(string text, string time, bool inside)
    {
        Assert.True(TrainingHours.TryParse(text, out var hours));
        Assert.Equal(inside, hours.Contains(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(text, hours.ToString());
    }

    [Theory]
    [InlineData("8-18")]
    [InlineData("08:00")]
    [InlineData("08:00-25:00")]
    [InlineData("08:00-08:00")]
    [InlineData("")]
    public void Hours_that_cannot_be_read_are_refused(string text) => Assert.False(TrainingHours.TryParse(text, out _));
}
