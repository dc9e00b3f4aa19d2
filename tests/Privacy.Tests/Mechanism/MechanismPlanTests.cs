using System.Numerics;

namespace FedMeta.Privacy.Tests.Mechanism;

public class MechanismPlanTests
{
    internal static readonly MechanismRequest Tasks = new(
        PrivacyUnit.Patient,
        ClipNorm: 1.0,
        Epsilon: 8,
        Delta: 1e-5,
        Rounds: 100,
        MaxClients: 8,
        Threshold: 6,
        Colluders: 1,
        Dimension: 1000,
        RingBits: 32,
        MaxContributionsPerClient: 20);

    internal static readonly MechanismRequest Sites = Tasks with
    {
        Unit = PrivacyUnit.Site,
        Contribution = ContributionKind.SiteUpdate,
        MaxContributionsPerClient = 1,
    };

    internal static MechanismPlan Plan(MechanismRequest request)
    {
        var derivation = MechanismPlan.Derive(request);
        Assert.Empty(derivation.Problems);
        return derivation.Plan!;
    }

    public static TheoryData<MechanismRequest> Requests => new(
        Tasks,
        Tasks with { TasksPerPatient = 3 },
        Tasks with { Contribution = ContributionKind.PatientGradient, MaxContributionsPerClient = 5000 },
        Sites,
        Tasks with { Unit = PrivacyUnit.Site, Contribution = ContributionKind.PatientGradient },
        Tasks with { Unit = PrivacyUnit.Task, Colluders = 0, RingBits = 24, Dimension = 17 },
        Tasks with { ClipNorm = 3.7e-5, Epsilon = 0.5, Rounds = 1 },

        // Here one step of variance is less than one unit of rho, so the extra unit for tau shows.
        Tasks with { Dimension = 1, Epsilon = 0.01, Rounds = 1_000_000 },
        Tasks with { ClipNorm = 1234.5, Epsilon = 50, Rounds = 3000, MaxClients = 100, Threshold = 60 });

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_derived_plan_verifies_and_is_the_same_again(MechanismRequest request)
    {
        var plan = Plan(request);
        Assert.Empty(MechanismPlan.Verify(request, plan));
        Assert.Equal(plan, Plan(request));
        Assert.Equal(plan.Terms, Plan(request).Terms);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_rounds_fit_the_grant_in_exact_fractions(MechanismRequest request)
    {
        var plan = Plan(request);

        // rounds * k^2 B^2 / (2 h s^2) <= total / 2^64, cross-multiplied.
        var spent = request.Rounds * plan.SensitivitySquared * (BigInteger.One << 64);
        Assert.True(spent <= plan.Total.Units * 2 * plan.HonestShares * plan.LocalVariance);
        Assert.True(plan.PerRound.Times(request.Rounds) <= plan.Total);

        // One unit less of variance would not fit: the noise is the least possible.
        var less = plan with { LocalVariance = (plan.LocalVariance * 999 / 1000) - 1 };
        Assert.NotEmpty(MechanismPlan.Verify(request, less));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_claim_reaches_epsilon_and_is_not_wasteful(MechanismRequest request)
    {
        var plan = Plan(request);
        var epsilon = ZeroConcentratedDp.Epsilon(plan.PerRound.ToDouble() * request.Rounds, request.Delta);
        Assert.InRange(epsilon, request.Epsilon * 0.999, request.Epsilon * (1 + 1e-9));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_falsified_number_is_noticed(MechanismRequest request)
    {
        var plan = Plan(request);
        MechanismPlan[] forgeries =
        [
            plan with { PaddedDimension = plan.PaddedDimension * 2 },
            plan with { Scale = plan.Scale * 1.5 },
            plan with { Scale = plan.Scale * 2 },
            plan with { NormBoundSquared = plan.NormBoundSquared + 1 },
            plan with { SensitivitySquared = plan.SensitivitySquared - 1 },
            plan with { LocalVariance = plan.LocalVariance / 2 },
            plan with { LocalVariance = 255 },
            plan with { PerRound = plan.PerRound.DividedBy(2) },
            plan with { PerRound = plan.PerRound.Times(2) },
            plan with { Total = plan.Total.Times(2) },
            plan with { Total = plan.PerRound.Times(request.Rounds).DividedBy(2) },
            plan with { Request = request with { Epsilon = request.Epsilon / 2 } },
        ];
        Assert.All(forgeries, forgery => Assert.NotEmpty(MechanismPlan.Verify(request, forgery)));
        Assert.All(forgeries, forgery => Assert.NotEqual(plan.Terms, forgery.Terms));
    }

    [Fact]
    public void More_noise_than_needed_verifies()
    {
        var plan = Plan(Tasks);
        Assert.Empty(MechanismPlan.Verify(Tasks, plan with { LocalVariance = plan.LocalVariance + 1 }));
    }

    [Fact]
    public void Only_the_shares_of_honest_clients_count()
    {
        var none = Plan(Tasks with { Colluders = 0 });
        var two = Plan(Tasks with { Colluders = 2 });
        Assert.Equal(none.Scale, two.Scale);
        Assert.InRange((double)two.LocalVariance / (double)none.LocalVariance, 1.4999, 1.5001);
    }

    [Fact]
    public void A_patient_in_m_tasks_needs_four_m_squared_times_the_variance_of_a_task()
    {
        var patient = Plan(Tasks with { TasksPerPatient = 3 });
        Assert.Equal(36 * patient.NormBoundSquared, patient.SensitivitySquared);
        var task = Plan(Tasks with { Unit = PrivacyUnit.Task });
        Assert.Equal(task.NormBoundSquared, task.SensitivitySquared);
    }

    [Fact]
    public void Too_few_ring_bits_are_refused_in_words()
    {
        var derivation = MechanismPlan.Derive(Tasks with { RingBits = 16, Epsilon = 0.1, Dimension = 100_000 });
        Assert.Null(derivation.Plan);
        Assert.Contains("ring bits", Assert.Single(derivation.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_below_a_standard_deviation_of_16_is_refused()
    {
        var request = new MechanismRequest(PrivacyUnit.Site, 1, 1000, 1e-5, 1, 100, 100, 0, 1, 16, 1);
        var derivation = MechanismPlan.Derive(request);
        Assert.Null(derivation.Plan);
        Assert.Contains("variance", Assert.Single(derivation.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_of_a_request_are_told_at_once()
    {
        var request = Tasks with { ClipNorm = double.NaN, Epsilon = -1, Delta = 2, Rounds = 0, RingBits = 8 };
        Assert.Equal(5, request.Validate().Count);
        Assert.Null(MechanismPlan.Derive(request).Plan);
    }

    [Fact]
    public void A_delta_above_a_tenth_of_a_patient_is_refused()
    {
        Assert.Empty((Tasks with { Patients = 10_000 }).Validate());
        Assert.Single((Tasks with { Patients = 10_001 }).Validate());
        Assert.Empty((Tasks with { Unit = PrivacyUnit.Task, Patients = 10_001 }).Validate());
    }

    [Fact]
    public void The_terms_state_every_number_in_one_fixed_text()
    {
        var terms = Plan(Tasks).Terms;
        Assert.StartsWith(
            "fedmeta-mechanism-1\nunit=patient\ncontribution=task-gradient\nadjacency=zero-out\n",
            terms,
            StringComparison.Ordinal);
        Assert.All(terms, character => Assert.True(char.IsAscii(character)));
        Assert.Contains($"local-variance={Plan(Tasks).LocalVariance}\n", terms, StringComparison.Ordinal);
    }

    [Fact]
    public void Tau_is_far_below_anything_that_counts()
    {
        var plan = Plan(Tasks);
        Assert.True(DistributedDiscreteGaussian.LogTau(plan.HonestShares, (double)plan.LocalVariance) < -2303);
    }
}
