using Xunit;

namespace FedMeta.Learning.Tests;

/// <summary>A forward pass is compared with what needs none, on patients that it has not seen.</summary>
public class GuardedForwardPassTests
{
    private const int Width = 40;
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("mlp-tanh", Width, 1, [Width]);
    private static readonly AdaptationSettings Settings = new();

    /// <summary>Hands its inputs on almost as they are, so that prototypes are means of inputs.</summary>
    private static readonly double[] Identity = Almost(0.1);

    [Fact]
    public void Class_means_that_tell_the_classes_apart_are_taken()
    {
        var result = Adapt(Identity, Patients(60, gap: 8));
        Assert.True(result.Choice >= AdaptationChoice.ForwardPass, result.Reason);
        Assert.Equal(5, result.Candidates.Length);
        Assert.Contains("before a forward pass", result.Candidates[0].Remark, StringComparison.Ordinal);
        Assert.Contains("simplest within one standard error", result.Reason, StringComparison.Ordinal);
        Assert.Equal(Spec, result.Spec);
    }

    /// <summary>On its own patients the pass looks better than prevalence: who is held out must be out of the
    /// means.</summary>
    [Fact]
    public void Class_means_of_noise_look_good_on_their_own_patients_and_are_not_taken()
    {
        var patients = Patients(60, gap: 0);
        var result = Adapt(Almost(0.5), patients);
        var model = ManagedEngine.Instance.Build<double>(Spec);
        Assert.True(model.Loss(result.Unguarded!, patients) < 0.9 * model.Loss(result.Theta, patients));
        Assert.Equal(AdaptationChoice.PrevalenceOnly, result.Choice);
        Assert.Equal(new double[Spec.LastBiasOffset], result.Theta[..Spec.LastBiasOffset]);
        Assert.StartsWith("prevalence only is the simplest", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bias_is_moved_where_the_means_alone_are_wrong_about_the_prevalence()
    {
        // Nine of ten have the outcome; the halfway line between two means knows nothing of it.
        var result = Adapt(Identity, Patients(300, gap: 3, ill: i => i % 10 != 0));
        Assert.True(result.Choice >= AdaptationChoice.ForwardRecalibration, result.Reason);
        Assert.True(result.Theta[^1] > result.Unguarded![^1]);
        Assert.Equal(result.Unguarded[..^1], result.Theta[..^1]);
        Assert.Equal(result.Theta, Adapt(Identity, Patients(300, gap: 3, ill: i => i % 10 != 0)).Theta);
    }

    [Fact]
    public void A_class_that_no_patient_has_leaves_prevalence_and_is_named()
    {
        var result = Adapt(Identity, Patients(30, gap: 8, ill: _ => true));
        Assert.Equal(AdaptationChoice.PrevalenceOnly, result.Choice);
        Assert.Contains("no forward pass: there is no labelled patient of class 0", result.Reason,
            StringComparison.Ordinal);
        Assert.All(result.Candidates.Where(c => c.Choice >= AdaptationChoice.ForwardPass),
            c => Assert.Contains("class 0", c.Remark, StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_of_one_patient_is_missing_from_one_fold_and_prevalence_stands_in_there()
    {
        var result = Adapt(Identity, Patients(40, gap: 8, ill: i => i == 7));
        const string Words = "in 1 of 5 folds prevalence stood in for the forward pass: there is no labelled patient "
            + "of class 1";
        Assert.Contains(Words, result.Reason, StringComparison.Ordinal);
        var pass = Assert.Single(result.Candidates, c => c.Choice == AdaptationChoice.ForwardPass);
        Assert.Contains(Words, pass.Remark, StringComparison.Ordinal);
        Assert.NotNull(pass.Loss);
        Assert.Null(result.Candidates[1].Remark);
    }

    [Fact]
    public void One_patient_of_each_class_cannot_be_held_out()
    {
        var result = Adapt(Identity, Patients(2, gap: 8));
        Assert.Equal(AdaptationChoice.PrevalenceOnly, result.Choice);
        Assert.Contains("no forward pass could be held out", result.Reason, StringComparison.Ordinal);
        Assert.Contains("of all patients and of no fold", result.Candidates[2].Remark, StringComparison.Ordinal);
        Assert.Null(result.Candidates[2].Loss);
    }

    [Fact]
    public void A_forward_pass_that_is_not_finite_is_not_taken()
    {
        var huge = Array.ConvertAll(Identity, w => w * 1e200);
        huge.AsSpan().Replace(0, double.MaxValue);
        var relu = ModelSpec.FromStudy("mlp-relu", Width, 1, [Width]);
        var result = GuardedForwardPass.Adapt(
            Algorithm("protonet", relu), ManagedEngine.Instance, huge, Patients(30, gap: 8), Settings);
        Assert.Equal(AdaptationChoice.PrevalenceOnly, result.Choice);
        Assert.True(FlatVector.IsFinite<double>(result.Theta));
        Assert.Equal("a held-out loss was not finite", result.Candidates[2].Remark);
        huge[0] = double.NaN;
        Assert.Throws<ArgumentException>(() => GuardedForwardPass.Adapt(
            Algorithm("protonet", relu), ManagedEngine.Instance, huge, Patients(30, gap: 8), Settings));
    }

    [Fact]
    public void A_pass_that_fails_on_all_patients_alone_is_not_handed_out()
    {
        var result = GuardedForwardPass.Adapt(
            new FailsOn(60), ManagedEngine.Instance, Identity, Patients(60, gap: 8), Settings);
        Assert.Equal(AdaptationChoice.PrevalenceOnly, result.Choice);
        Assert.True(FlatVector.IsFinite<double>(result.Theta));
        Assert.Contains("not finite", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "there are no labelled patients")]
    [InlineData(1, "one labelled patient cannot be held out")]
    public void With_nobody_to_hold_out_a_neural_process_stays_as_shared_and_prototypes_are_refused(
        int patients, string why)
    {
        var spec = ModelSpec.FromStudy("cnp", Width, 1, [6]);
        var algorithm = Algorithm("cnp", spec);
        var few = Patients(patients, gap: 8);
        var result = GuardedForwardPass.Adapt(algorithm, ManagedEngine.Instance, spec.Initial(1), few, Settings);
        Assert.Equal(AdaptationChoice.None, result.Choice);
        Assert.StartsWith(why, result.Reason, StringComparison.Ordinal);
        Assert.Equal(algorithm.Adapt(ManagedEngine.Instance, spec.Initial(1), few.Slice(0, 0)).Theta, result.Theta);
        Assert.Throws<ArgumentException>(() => Adapt(Identity, few));
    }

    [Fact]
    public void A_neural_process_that_does_not_read_its_context_is_left_as_shared()
    {
        // A decoder without weights predicts one half whatever it reads; half of the patients have the outcome.
        var spec = ModelSpec.FromStudy("cnp", Width, 1, [6]);
        var result = GuardedForwardPass.Adapt(Algorithm("cnp", spec), ManagedEngine.Instance,
            new double[spec.ParameterCount], Patients(60, gap: 8), Settings);
        Assert.Equal(AdaptationChoice.None, result.Choice);
        // Of ill patients alone the prevalence is worth knowing.
        result = GuardedForwardPass.Adapt(Algorithm("cnp", spec), ManagedEngine.Instance,
            new double[spec.ParameterCount], Patients(60, gap: 8, ill: _ => true), Settings);
        Assert.Equal(AdaptationChoice.PrevalenceOnly, result.Choice);
    }

    private static AdaptationResult<double> Adapt(double[] state, Batch<double> support) => GuardedForwardPass.Adapt(
        Algorithm("protonet", Spec), ManagedEngine.Instance, state, support, Settings);

    private static IForwardAdaptation<double> Algorithm(string name, ModelSpec spec) =>
        (IForwardAdaptation<double>)MetaAlgorithms.Create<double>(new AlgorithmSettings(name, 0.1, 1), spec);

    private static double[] Almost(double scale)
    {
        var theta = new double[Spec.ParameterCount];
        for (var i = 0; i < Width; i++) theta[i * (Width + 1)] = scale;
        return theta;
    }

    /// <summary>Normal inputs; the first differs between the classes.</summary>
    private static Batch<double> Patients(int count, double gap, Func<int, bool>? ill = null)
    {
        var generator = new SeededGenerator(5);
        var (x, y) = (new double[Width * count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            y[i] = (ill ?? (row => row % 2 == 0))(i) ? 1 : 0;
            for (var j = 0; j < Width; j++) x[Width * i + j] = generator.NextNormal();
            x[Width * i] += gap * (y[i] - 0.5);
        }

        return new Batch<double>(x, y, count);
    }

    private sealed class FailsOn(int patients) : IForwardAdaptation<double>
    {
        public ForwardAdaptation<double> Adapt(IEngine engine, ReadOnlySpan<double> state, Batch<double> support)
        {
            var pass = Algorithm("protonet", Spec).Adapt(engine, state, support);
            if (support.Count == patients) pass.Theta[0] = double.NaN;
            return pass;
        }
    }
}
