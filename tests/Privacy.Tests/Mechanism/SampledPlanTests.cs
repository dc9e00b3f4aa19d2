using System.Collections.Concurrent;

namespace FedMeta.Privacy.Tests.Mechanism;

public class SampledPlanTests
{
    // A plan takes some tenths of a second to derive.
    private static readonly ConcurrentDictionary<MechanismRequest, MechanismPlan> Derived = new();

    internal static readonly MechanismRequest Patients = MechanismPlanTests.Tasks with
    {
        Contribution = ContributionKind.PatientGradient,
        MaxContributionsPerClient = 5000,
        Epsilon = 1,
        Delta = 1e-6,
        Rounds = 300,
        RingBits = 48,
        SamplingRate = SamplingRate.FromMillionths(50_000),
    };

    public static TheoryData<MechanismRequest> Requests => new(
        Patients,
        Patients with { SamplingRate = SamplingRate.FromMillionths(1), RingBits = 64 },
        Patients with { SamplingRate = SamplingRate.FromMillionths(900_000) },
        Patients with { SamplingRate = SamplingRate.FromMillionths(123_457), Epsilon = 8, Rounds = 3 },
        Patients with { SamplingRate = SamplingRate.FromMillionths(10_000), Epsilon = 0.3, Rounds = 10_000 },
        Patients with { SamplingRate = SamplingRate.FromMillionths(10_000), Epsilon = 1000, Rounds = 1 },
        Patients with { Epsilon = 0.06, Delta = 1e-5, Rounds = 1_000_000 });

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_derived_plan_verifies_is_the_same_again_and_fits_its_grant(MechanismRequest request)
    {
        var plan = Plan(request);
        Assert.Empty(MechanismPlan.Verify(request, plan));
        Assert.Equal(plan.Terms, MechanismPlanTests.Plan(request).Terms);
        Assert.True(plan.PerRound.Times(request.Rounds) <= plan.Total);
        Assert.InRange(
            plan.Epsilon(plan.PerRound.Times(request.Rounds), request.Delta),
            request.Epsilon * 0.99, request.Epsilon * (1 + 1e-9));
        Assert.Equal(plan.PerRound, plan.ChargeAt(BudgetOrder.Whole(plan.Order!.Value)));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_falsified_number_is_noticed(MechanismRequest request)
    {
        var plan = Plan(request);
        var order = plan.Order!.Value;
        MechanismPlan[] forgeries =
        [
            plan with { Order = order + 1 },
            plan with { Order = order == 2 ? 1 : order - 1 },
            plan with { Order = null },
            plan with { Order = 257 },
            plan with { LocalVariance = plan.LocalVariance * 999 / 1000 },
            plan with { PerRound = plan.PerRound.Less(Rho.FromUnits(1)) },
            plan with { PerRound = plan.PerRound.Times(2) },
            plan with { Total = plan.Total + Rho.FromUnits(1) },
            plan with { Total = plan.PerRound.Times(request.Rounds).Less(Rho.FromUnits(1)) },
            plan with { SensitivitySquared = plan.SensitivitySquared - 1 },
            plan with { Request = request with { SamplingRate = SamplingRate.One } },
        ];
        Assert.All(forgeries, forgery => Assert.NotEmpty(MechanismPlan.Verify(request, forgery)));
        Assert.All(forgeries, forgery => Assert.NotEqual(plan.Terms, forgery.Terms));
        var half = (request.SamplingRate.Millionths / 2) + 1;
        var rarer = request with { SamplingRate = SamplingRate.FromMillionths(half) };
        if (rarer == request) return;
        Assert.NotEmpty(MechanismPlan.Verify(request, Plan(rarer) with { Request = request }));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void No_other_order_would_do_with_less_noise(MechanismRequest request)
    {
        var plan = Plan(request);
        var rho = Rho.FromUnits(plan.PerWholeRound.Units * 1001 / 1000);
        var less = new PoissonAmplification(request.SamplingRate, rho);
        for (var order = 2; order <= 256; order++)
        {
            var total = BudgetOrder.Whole(order).Limit(request.Epsilon, request.Delta);
            Assert.True(less.Cost(order).Times(request.Rounds) > total);
        }
    }

    [Fact]
    public void Sampling_saves_most_of_the_noise_and_never_costs_any()
    {
        var before = 0.0;
        foreach (var millionths in new[] { 1000, 10_000, 50_000, 200_000, 500_000, 999_999 })
        {
            var rate = SamplingRate.FromMillionths(millionths);
            var plan = Plan(Patients with { SamplingRate = rate });
            Assert.True(plan.NoiseMultiplier > before);
            before = plan.NoiseMultiplier;
        }

        var everyone = Plan(Patients with { SamplingRate = SamplingRate.One }).NoiseMultiplier;

        // Whole orders alone: beside the best order of all they may lose a thousandth.
        Assert.InRange(before, everyone * 0.999, everyone * 1.001);
        Assert.InRange(Plan(Patients).NoiseMultiplier, 3, everyone / 10);
    }

    [Fact]
    public void The_terms_of_a_sampled_plan_say_so_and_those_of_others_do_not()
    {
        var plan = Plan(Patients);
        Assert.Contains("\nsampling-rate=0.05\n", plan.Terms, StringComparison.Ordinal);
        Assert.Contains($"\norder={plan.Order}\nrho-per-round=", plan.Terms, StringComparison.Ordinal);
        var whole = Plan(Patients with { SamplingRate = SamplingRate.One });
        Assert.Null(whole.Order);
        Assert.DoesNotContain("sampling", whole.Terms, StringComparison.Ordinal);
        Assert.DoesNotContain("order=", whole.Terms, StringComparison.Ordinal);
    }

    [Fact]
    public void Sites_and_tasks_are_never_sampled()
    {
        foreach (var request in new[]
        {
            Patients with { Unit = PrivacyUnit.Site },
            Patients with { Contribution = ContributionKind.TaskGradient },
            Patients with
            {
                Unit = PrivacyUnit.Site, Contribution = ContributionKind.SiteUpdate, MaxContributionsPerClient = 1,
            },
            Patients with { Unit = PrivacyUnit.Task, Contribution = ContributionKind.TaskGradient },
        })
        {
            Assert.Contains(request.Validate(), p => p.Contains("sampling rate", StringComparison.Ordinal));
            Assert.Null(MechanismPlan.Derive(request).Plan);
        }
    }

    [Fact]
    public void An_epsilon_that_no_whole_order_can_prove_is_refused_in_words()
    {
        var derivation = MechanismPlan.Derive(Patients with { Epsilon = 0.01 });
        Assert.Null(derivation.Plan);
        Assert.Contains("epsilon", Assert.Single(derivation.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void The_books_of_a_hospital_at_any_order_are_charged_enough()
    {
        var plan = Plan(Patients);
        var whole = Plan(Patients with { SamplingRate = SamplingRate.One });
        var noise = 1 / Math.Sqrt(2 * plan.PerWholeRound.ToDouble());
        foreach (var order in new[] { 1.001, 1.5, 2, 2.25, 7.7, 21, 40.5, 255.5, 300, 1000.25 })
        {
            var books = BudgetOrder.FromExcess((long)((order - 1) * (1 << 20)));
            var charge = plan.ChargeAt(books);
            var gaussian = RenyiDp.PoissonSubsampledGaussian(books.ToDouble(), 0.05, noise) / books.ToDouble();
            Assert.InRange(charge.ToDouble(), gaussian * (1 - 1e-9), plan.PerWholeRound.ToDouble());
            Assert.Equal(whole.PerRound, whole.ChargeAt(books));
        }

        Assert.Equal(plan.PerWholeRound, plan.ChargeAt(BudgetOrder.Whole(100_000)));
    }

    private static MechanismPlan Plan(MechanismRequest request) =>
        Derived.GetOrAdd(request, MechanismPlanTests.Plan);
}
