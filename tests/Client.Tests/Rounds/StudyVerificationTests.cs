using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Rounds;

public sealed class StudyVerificationTests : IDisposable
{
    private readonly List<Identity> _keys = [.. Enumerable.Range(0, 5).Select(_ => Identity.Create())];

    public void Dispose() => _keys.ForEach(key => key.Dispose());

    private IEnumerable<StudyMember> Members =>
        _keys.Select((key, i) => new StudyMember($"site-{i}", $"Site {i}", key.PublicKey));

    private StudyVerdict Verify(
        string? draft = null,
        HospitalPolicy? policy = null,
        Action<IDictionary<string, string>>? tamper = null,
        string id = "site-0",
        byte[]? key = null) => StudyVerification.Verify(
            TestStudy.Resolve(Members, draft, tamper).Document, id, key ?? _keys[0].PublicKey, policy
                ?? new HospitalPolicy());

    private static void Objects(StudyVerdict verdict, StudyObjectionKind kind, string words)
    {
        var objection = Assert.Single(verdict.Objections);
        Assert.Equal(kind, objection.Kind);
        Assert.Contains(words, objection.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_study_within_the_policy_has_no_objection()
    {
        var verdict = Verify();
        Assert.Empty(verdict.Objections);
        Assert.Equal(4, verdict.Study!.Mechanism.PaddedDimension);
    }

    [Theory]
    [InlineData("local_variance")]
    [InlineData("rho_per_round")]
    [InlineData("scale")]
    [InlineData("norm_bound_squared")]
    public void A_changed_figure_of_the_mechanism_is_named(string key)
    {
        var verdict = Verify(tamper: table => table[key] = "1");
        Objects(verdict, StudyObjectionKind.Document, key);
        Assert.Null(verdict.Study);
    }

    [Fact]
    public void A_document_with_another_key_for_this_hospital_is_refused() =>
        Objects(Verify(key: _keys[1].PublicKey), StudyObjectionKind.Document, "another key");

    [Fact]
    public void A_hospital_that_is_no_member_cannot_approve() =>
        Objects(Verify(id: "stranger"), StudyObjectionKind.Document, "no member");

    [Fact]
    public void A_study_above_the_policys_epsilon_is_refused_with_both_numbers()
    {
        var verdict = Verify(policy: new HospitalPolicy { MaxEpsilonPerStudy = 1 });
        Objects(verdict, StudyObjectionKind.Policy, "epsilon = 3 at delta = 1E-05");
        Assert.Contains("allows 1 ", verdict.Objections[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policys_peers_honest_inputs_and_colluders_hold()
    {
        Objects(Verify(policy: new HospitalPolicy { MinPeers = 6 }), StudyObjectionKind.Policy, "5 members");
        Objects(Verify(policy: new HospitalPolicy { MinHonestInputs = 4 }), StudyObjectionKind.Policy, "honest inputs");
        Assert.Equal(2, Verify(policy: new HospitalPolicy { MinColluders = 3 }).Objections.Count);
    }

    [Fact]
    public void A_study_whose_noise_reckons_with_fewer_colluders_than_the_policy_is_refused()
    {
        var draft = TestStudy.Draft.Replace("clip = 0.5", "clip = 0.5\ncolluders = 0", StringComparison.Ordinal);
        Objects(Verify(draft), StudyObjectionKind.Policy, "0 colluders");
        Assert.Empty(Verify(draft, new HospitalPolicy { MinColluders = 0 }).Objections);
    }

    [Fact]
    public void A_policy_can_ask_for_more_noise_of_its_own_than_the_studys_share_has()
    {
        var study = Verify().Study!;
        var own = OwnShare.Of(study);
        var z = Math.Sqrt((double)study.Mechanism.LocalVariance / (double)study.Mechanism.SensitivitySquared);
        Assert.Equal(z, own.Noise, 12);

        // Alone a share is a third of the three honest ones that the study reckons with.
        Assert.Equal(study.Mechanism.NoiseMultiplier / Math.Sqrt(3), own.Noise, 12);
        Assert.InRange(own.Epsilon(1e-5), 5, 7);
        Assert.Empty(Verify(policy: new HospitalPolicy { LeastOwnNoise = z }).Objections);
        Assert.Empty(Verify(policy: new HospitalPolicy()).Objections);
        var verdict = Verify(policy: new HospitalPolicy { LeastOwnNoise = z * 1.0001 });
        Objects(verdict, StudyObjectionKind.Policy, "least_own_noise");
        Assert.Contains($"epsilon = {own.Epsilon(1e-5):0.###}", verdict.Objections[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_studys_own_noise_is_counted_for_a_patient()
    {
        var draft = TestStudy.Draft.Replace("\"patient\"", "\"site\"", StringComparison.Ordinal);
        var study = Verify(draft, new HospitalPolicy { MaxEpsilonPerStudy = 1000, MaxEpsilonTotal = 1000 }).Study!;
        var z = Math.Sqrt((double)study.Mechanism.LocalVariance / (double)study.Mechanism.SensitivitySquared);
        Assert.Equal(z / 2, OwnShare.Of(study).Noise, 12);
    }

    [Fact]
    public void A_study_of_single_patients_charges_a_patient_its_own_rho()
    {
        var study = Verify(TestStudy.Patients).Study!;
        Assert.Equal((ContributionKind.PatientGradient, 1), (study.Shape.Kind, study.Demands.PatientFactor));
        Assert.Equal(study.Mechanism.NormBoundSquared, study.Mechanism.SensitivitySquared);
        Assert.Equal(50, study.Mechanism.Request.MaxContributionsPerClient);
    }

    [Fact]
    public void A_study_of_single_patients_with_the_noise_of_one_that_reckons_with_fewer_rows_is_refused() =>
        Objects(Verify(TestStudy.Patients, tamper: table => table["max_contributions_per_client"] = "10"),
            StudyObjectionKind.Document, "max_contributions_per_client");

    [Fact]
    public void A_sampled_study_needs_less_noise_for_the_same_epsilon_and_is_judged_at_its_own_order()
    {
        var (sampled, whole) = (Verify(TestStudy.Sampled).Study!, Verify(TestStudy.Patients).Study!);
        Assert.True(sampled.Mechanism.NoiseMultiplier < whole.Mechanism.NoiseMultiplier / 2);
        Assert.InRange(sampled.Demands.Epsilon(sampled.Mechanism.Total, 1e-5), 2.99, 3.0 + 1e-9);
        Assert.Empty(Verify(TestStudy.Sampled, new HospitalPolicy { MaxEpsilonPerStudy = 3 }).Objections);
        Objects(Verify(TestStudy.Sampled, new HospitalPolicy { MaxEpsilonPerStudy = 2.99 }), StudyObjectionKind.Policy,
            "the policy allows 2.99 per study");
    }

    [Theory]
    [InlineData("sampling_rate", "0.1")]
    [InlineData("sampling_rate", "0.3")]
    [InlineData("order", "2")]
    [InlineData("order", "200")]
    [InlineData("local_variance", "256")]
    [InlineData("rho_per_round", "1")]
    [InlineData("rho_total", "999999999999999999999")]
    [InlineData("max_contributions_per_client", "1")]
    public void A_coordinator_that_lies_about_a_sampled_mechanism_is_refused_with_the_figure(string key, string lie)
    {
        var verdict = Verify(TestStudy.Sampled, tamper: table => table[key] = lie);
        Objects(verdict, StudyObjectionKind.Document, key);
        Assert.Null(verdict.Study);
    }

    [Theory]
    [InlineData("sampling_rate")]
    [InlineData("order")]
    public void A_coordinator_that_hides_that_a_study_samples_or_pretends_it_is_refused(string key)
    {
        Objects(Verify(TestStudy.Sampled, tamper: table => table.Remove(key)), StudyObjectionKind.Document, key);
        Objects(Verify(TestStudy.Patients, tamper: table => table[key] = key == "order" ? "8" : "0.2"),
            StudyObjectionKind.Document, key);
    }

    [Fact]
    public void If_everyone_else_colludes_the_coins_of_a_hospital_still_count()
    {
        var study = Verify(TestStudy.Sampled).Study!;
        var own = OwnShare.Of(study);
        var uncovered = ZeroConcentratedDp.Epsilon(3 / (2 * own.Noise * own.Noise), 1e-5);
        Assert.InRange(own.Epsilon(1e-5), study.Demands.Epsilon(study.Mechanism.Total, 1e-5), uncovered);
    }

    [Fact]
    public void A_site_study_charges_a_patient_four_times_its_rho()
    {
        var draft = TestStudy.Draft.Replace("\"patient\"", "\"site\"", StringComparison.Ordinal)
            .Replace("tasks = 20", "tasks = 5", StringComparison.Ordinal);
        var verdict = Verify(draft, new HospitalPolicy { MaxEpsilonPerStudy = 1000, MaxEpsilonTotal = 1000 });
        Assert.Empty(verdict.Objections);
        Assert.Equal(4, verdict.Study!.Demands.PatientFactor);
        Assert.Equal(verdict.Study.Mechanism.Total.Times(4), verdict.Limits!.StudyBudget);
    }
}
