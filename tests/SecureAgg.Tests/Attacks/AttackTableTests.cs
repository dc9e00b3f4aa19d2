using System.Reflection;
using FedMeta.Tests.Support;

namespace FedMeta.SecureAgg.Tests;

public class AttackTableTests
{
    /// <summary>The design's table of attacks (section c.5), row by row; what more its text speaks of stands
    /// below.</summary>
    private static readonly Dictionary<AttackRow, string> Table = new()
    {
        [AttackRow.DifferentSurvivorLists] = "different survivor lists to different clients",
        [AttackRow.BothShareKinds] = "both share kinds for one peer",
        [AttackRow.SubstitutedKeys] = "server substitutes keys (man in the middle)",
        [AttackRow.ReusedMasks] = "key replay / mask reuse over rounds",
        [AttackRow.InconsistentModels] =
            "model inconsistency (Pasquini et al. CCS 2022, 2111.07380: independent of n)",
        [AttackRow.WeakGenerator] = "weak PRG",
        [AttackRow.Sybils] = "sybils (Boenisch et al. EuroS&P 2023, 2301.04017)",
        [AttackRow.Differencing] =
            "differencing between rounds / cohorts (So et al., 2106.03328: leaks in a number of rounds linear in n)",
        [AttackRow.SmallCohort] = "small cohort, n=2",
        [AttackRow.LateUpload] = "dropped client's late upload",
        [AttackRow.BadShare] = "bad share -> silent wrong sum",
        [AttackRow.GarbageCiphertext] = "malicious garbage ciphertext kills peers",
        [AttackRow.SideDataInClear] = "side data in clear (num_examples, metrics)",
        [AttackRow.RingOverflow] = "overflow of the ring",
    };

    private static readonly AttackRow[] Beside =
        [AttackRow.InconsistentViews, AttackRow.LiesAboutDropsInASparseGraph];

    private static readonly List<(MethodInfo Method, AttackAttribute Attack)> Tests =
    [
        .. from type in typeof(AttackTableTests).Assembly.GetTypes()
           from method in type.GetMethods()
           from attack in method.GetCustomAttributes<AttackAttribute>()
           select (method, attack),
    ];

    [Fact]
    public void Every_attack_has_a_test_that_succeeds_against_a_weakened_protocol_and_one_that_fails_against_ours()
    {
        var missing = from row in Enum.GetValues<AttackRow>()
                      from outcome in Enum.GetValues<Outcome>()
                      where !Tests.Any(test => test.Attack.Row == row && test.Attack.Outcome == outcome)
                      select (row, outcome);
        Assert.Empty(missing);
        Assert.Equal(Enum.GetValues<AttackRow>(), Table.Keys.Concat(Beside));
    }

    [Fact]
    public void Every_half_of_a_pair_is_run() =>
        Assert.All(Tests, test => Assert.True(test.Method.IsDefined(typeof(FactAttribute)), test.Method.Name));

    [Fact]
    public void Every_attack_s_test_class_stands_in_the_proofs()
    {
        var proofs = File.ReadAllText(CheckoutFolder.At("docs/proofs/secure-aggregation.md"));
        var classes = Tests.Select(test => test.Method.DeclaringType!.Name).Distinct();
        Assert.All(classes, name => Assert.Contains(name, proofs, StringComparison.Ordinal));
    }

    [SharedFact("design/secure-aggregation.md")]
    public void The_table_is_the_design_s()
    {
        var design = File.ReadLines(SharedFolder.Find("design/secure-aggregation.md")!)
            .SkipWhile(line => !line.StartsWith("### c.5", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("### c.6", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Split('|')[1].Trim());
        Assert.Equal(Table.Values, design);
    }
}
