using FedMeta.Client.Data;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Privacy;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Client.Tests.Studies;

public sealed class PatientDeltaTests
{
    [Fact]
    public void The_delta_that_a_person_is_told_suffices_and_is_nearly_the_largest() =>
        Prop.ForAll(Gen.Choose(1, 2_000_000_000).ToArbitrary(), patients =>
        {
            var told = PatientDelta.Largest(patients);
            Assert.True(DeltaRule.Suffices(told, patients), $"{patients}: {told}");
            Assert.True(told > 0 && !DeltaRule.Suffices(told * 1.25, patients), $"{patients}: {told}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_study_s_delta_counts_for_patients_alone()
    {
        using var patients = new TestFederation(TestStudy.Draft.Replace("1e-5", "1e-3", StringComparison.Ordinal));
        var problem = PatientDelta.Problem(patients.Study, 101)!;
        Assert.Equal(DataFault.DeltaTooLarge, problem.Fault);
        Assert.Contains("delta = 0.001 is more than 1/(10 N) for the N = 101 patients", problem.What,
            StringComparison.Ordinal);
        Assert.Contains("privacy.delta = 0.00099 or less", problem.Hint, StringComparison.Ordinal);
        Assert.Null(PatientDelta.Problem(patients.Study, 100));
        using var sites = new TestFederation(TestStudy.Draft.Replace("1e-5", "1e-3", StringComparison.Ordinal)
            .Replace("unit = \"patient\"", "unit = \"task\"", StringComparison.Ordinal));
        Assert.Null(PatientDelta.Problem(sites.Study, 101));
    }

    [Fact]
    public void The_policy_s_delta_counts_for_every_study()
    {
        Assert.Null(PatientDelta.PolicyProblem(1e-5, 10_000));
        Assert.Contains("set delta = 9.9E-06 or less in policy.toml", PatientDelta.PolicyProblem(1e-5, 10_001)!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hospital_with_more_patients_than_the_delta_allows_sends_nothing()
    {
        // 150 rows are 100 for training: 1/(10 N) is 0.001.
        using var federation = new TestFederation(TestStudy.Draft.Replace("1e-5", "0.0011", StringComparison.Ordinal));
        federation.ApproveAll();
        var first = federation.Hospitals[0];
        File.WriteAllText(first.PolicyFilePath, "max_epsilon_per_study = 10.0\n");
        File.WriteAllText(first.DataFile, TestStudy.Csv(150, 1));
        await first.Participant.HandleAsync(federation.Start(1), default);
        var detail = first.Refused("data-unavailable").Detail;
        Assert.DoesNotContain("100", detail, StringComparison.Ordinal);
        Assert.Equal(Privacy.Rho.Zero, first.Journal.Ask(state => state.RhoOf(federation.Study.Hash)));
    }
}
