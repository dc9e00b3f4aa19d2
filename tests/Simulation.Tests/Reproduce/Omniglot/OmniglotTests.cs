using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Simulation.Reproduce.Omniglot;

namespace FedMeta.Simulation.Tests.Reproduce.Omniglot;

public sealed class OmniglotTests
{
    [Theory]
    [InlineData("maml", nameof(ClientKind.Pooled), 1)]
    [InlineData("anil", nameof(ClientKind.Alphabets), 3)]
    [InlineData("fomaml", nameof(ClientKind.Drawers), 2)]
    public void A_row_is_trained_by_its_clients_and_scores_the_same_twice(string method, string kind, int clients)
    {
        var row = new OmniglotRow("conv", 1, method, Enum.Parse<ClientKind>(kind), 2);
        var (one, two) = (Play(row), Play(row));

        Assert.Equal(clients, one.Clients);
        Assert.Equal(OmniglotExam.Steps.Count, one.AfterSteps.Count);
        Assert.Equal(one.AfterSteps, two.AfterSteps);
        Assert.Equal(one.Guarded, two.Guarded);
        Assert.Contains($"| {row.Key} | {clients} | 2 | 1 |", OmniglotPage.Of([one]));
    }

    [Fact]
    public void A_prototypical_network_has_a_figure_without_steps_alone()
    {
        var result = Play(new OmniglotRow("mlp", 1, "protonet", ClientKind.Alphabets, 2));

        Assert.Single(result.AfterSteps);
        Assert.Null(result.Guarded);
        Assert.InRange(result.AfterSteps[0].Mean!.Value, 0.3, 1); // chance is 0.2
        Assert.Contains("|  |  |  |  |  |", OmniglotPage.Of([result]));
    }

    [Fact]
    public void A_start_has_biases_of_zero_and_weights_that_fill_their_interval()
    {
        var spec = new OmniglotRow("conv", 1, "maml", ClientKind.Pooled, 1).Spec(28);
        var theta = OmniglotStart.Of(spec, 1);

        Assert.NotEqual(theta, OmniglotStart.Of(spec, 2));
        Assert.All(spec.Blocks, block =>
        {
            var largest = theta.AsSpan(block.Offset, block.Length).ToArray().Max(Math.Abs);
            var bound = block.Shape.Length switch { 1 => 0, 2 => Math.Sqrt(1.0 / 144), _ => Math.Sqrt(6.0 / block.FanIn) };
            Assert.InRange(largest, 0.95 * bound, bound);
        });
    }

    [Fact]
    public void The_page_sets_the_reference_beside_a_row()
    {
        var page = OmniglotPage.Of([Play(new OmniglotRow("mlp", 1, OmniglotRow.Scratch, ClientKind.Pooled, 0))]);

        Assert.Contains("| *reference mlp-1-scratch* | 1 | 0 |  | 20.2 | 22.1 | 24.7 | 26.3 | 31.2 |", page);
    }

    [Fact]
    public void Accuracy_is_the_share_of_largest_outputs_at_their_class()
    {
        var model = ManagedEngine.Instance.Build<float>(ModelSpec.FromStudy("softmax", 2, 2, []));
        var query = new Batch<float>(new float[] { 1, 0, 0, 1, 3, 1, 2, 1 }, new float[] { 0, 1, 1, 0 }, 4);

        Assert.Equal(0.75, OmniglotExam.Accuracy(model, [1, 0, 0, 1, 0, 0], query));
    }

    [Fact]
    public void Rows_are_chosen_by_the_beginning_of_their_names_and_no_name_takes_nothing_in_silence()
    {
        Assert.Equal(OmniglotRow.All.Count, OmniglotRow.All.Select(r => r.Key).Distinct().Count());
        Assert.Equal(OmniglotRow.All, OmniglotCommand.Choose([], int.MaxValue));
        Assert.Equal(["mlp-5-scratch", "mlp-5-maml", "mlp-5-maml-alphabets", "mlp-5-maml-drawers"],
            OmniglotCommand.Choose(["mlp-5"], int.MaxValue).Select(r => r.Key));
        Assert.All(OmniglotCommand.Choose([], 10), r => Assert.InRange(r.Iterations, 0, 10));
        Assert.Equal(ExitCode.Usage, Assert.Throws<FedMetaException>(() => OmniglotCommand.Choose(["cnn"], 1)).Code);
    }

    [Fact]
    public void A_file_that_is_missing_or_strange_is_explained()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(ExitCode.NotFound,
            Assert.Throws<FedMetaException>(() => OmniglotCommand.Read(folder.File("none"))).Code);
        Assert.Equal(ExitCode.Data,
            Assert.Throws<FedMetaException>(() => OmniglotCommand.Read(folder.Write("text", "OMG1"))).Code);
    }

    private static OmniglotResult Play(OmniglotRow row) => OmniglotResult.Play(row, PackedSet.Read(), 1, 4, () => { });
}
