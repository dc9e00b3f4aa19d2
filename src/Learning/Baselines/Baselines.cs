using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>
/// What every table must show beside a federated meta-model (learning.md c.4). None is private: they run in one
/// memory, over data that may be put together, in simulations and in a hospital's own comparison.
/// </summary>
public static class Baselines
{
    /// <summary>Largest variance of the normal prior around 0 that a local-only model's weights may have, for inputs
    /// with a deviation of about 1.</summary>
    public const double WidestPrior = 10;

    /// <summary>All of them, for sites that each have training patients.</summary>
    public static IReadOnlyList<BaselineResult> All(
        IModel<double> model, IReadOnlyList<Site> sites, BaselineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(settings);
        var byPatients = FedAvg(model, sites, settings, weightByPatients: true);
        var uniform = FedAvg(model, sites, settings, weightByPatients: false);
        var pooled = Pooled(model, sites, settings);
        return
        [
            ForEach("prevalence only", sites, s => PrevalenceOnly(model, s.Train)),
            ForEach("local only", sites, s => LocalOnly(model, s.Train, settings)),
            ForEach("pooled", sites, _ => pooled),
            ForEach("pooled + intercept recalibration", sites, s => Recalibrated(model, pooled, s.Train)),
            ForEach("FedAvg by patients", sites, _ => byPatients),
            ForEach("FedAvg uniform", sites, _ => uniform),
            ForEach("FedAvg by patients + fine-tuning", sites, s => FineTuned(model, byPatients, s.Train, settings)),
            ForEach(
                "FedAvg by patients + intercept recalibration", sites, s => Recalibrated(model, byPatients, s.Train)),
            ForEach(
                "FedAvg by patients + proximal fine-tuning", sites,
                s => Proximal(model, byPatients, s.Train, settings)),
        ];
    }

    /// <summary>
    /// The same prediction for every patient: weights zero, and the bias that fits the training patients with one
    /// imagined patient per class (so that a one-class site does not claim certainty).
    /// </summary>
    public static double[] PrevalenceOnly(IModel<double> model, Batch<double> train)
    {
        ArgumentNullException.ThrowIfNull(model);
        var spec = model.Spec;
        var theta = new double[spec.ParameterCount];
        var bias = theta.AsSpan(spec.LastBiasOffset);
        for (var output = 0; output < spec.Outputs; output++)
        {
            double sum = 0;
            for (var i = 0; i < train.Count; i++)
                sum += spec.Loss == LossKind.SoftmaxCrossEntropy
                    ? train.Targets.Span[i] == output ? 1 : 0
                    : train.Targets.Span[i * spec.TargetWidth + Math.Min(output, spec.TargetWidth - 1)];
            bias[output] = spec.Loss switch
            {
                LossKind.BinaryCrossEntropy => ElementaryFunctions.Log((sum + 1) / (train.Count - sum + 1)),
                LossKind.SoftmaxCrossEntropy => ElementaryFunctions.Log(sum + 1),
                LossKind.SquaredError => sum / Math.Max(train.Count, 1),
                _ => 0, // a Cox model without weights has no ranking, whatever its bias
            };
        }

        return theta;
    }

    /// <summary>
    /// A model of the site's own patients; its weight decay is the best by cross-validation. A handful that happens to
    /// be separable would send weights without any decay to infinity, and tables would compare with a model of straw:
    /// the weakest is a weakly informative prior, as is usual there (Gelman, Jakulin, Pittau and Su 2008). Patients who
    /// all have the same outcome say nothing about weights and would end in certainty: of them
    /// <see cref="PrevalenceOnly"/> is left.
    /// </summary>
    public static double[] LocalOnly(IModel<double> model, Batch<double> train, BaselineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        var weights = new double[model.ParameterCount];
        foreach (var block in model.Spec.Blocks)
            if (block.Shape.Length > 1) weights.AsSpan(block.Offset, block.Length).Fill(1);
        var start = model.Spec.Initial(settings.Seed);
        var nothing = new double[start.Length];
        var weakest = 1 / (WidestPrior * Math.Max(train.Count, 1));
        var decays = settings.WeightDecays.Select(d => Math.Max(d, weakest)).Distinct();
        return Chosen([.. decays], model, train, settings, (rows, decay) =>
            CrossValidation.IsOneClass(model.Spec, rows)
                ? PrevalenceOnly(model, rows)
                : Fitted(new ProximalModel<double>(model, nothing, decay, weights), start, rows, settings));
    }

    /// <summary>
    /// The shared model fitted to the site's patients and held near what it was by a squared distance, all parameters
    /// alike, as strongly as cross-validation finds best: the personal objective of Ditto (Li et al. 2021), around a
    /// shared model that is not trained any further.
    /// </summary>
    public static double[] Proximal(
        IModel<double> model, double[] shared, Batch<double> train, BaselineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(settings);
        return Chosen(settings.Pulls, model, train, settings, (rows, pull) =>
            Fitted(new ProximalModel<double>(model, shared, pull), shared, rows, settings));
    }

    /// <summary>The fit to all patients with the strength that held-out patients like best; of equals the
    /// weakest.</summary>
    private static double[] Chosen(
        ImmutableArray<double> strengths, IModel<double> model, Batch<double> train, BaselineSettings settings,
        Func<Batch<double>, double, double[]> fit)
    {
        var folds = CrossValidation.Folds(model.Spec, train, settings.Folds, settings.Seed);
        var losses = new double[strengths.Length * settings.Folds];
        Parallel.For(0, losses.Length, i =>
        {
            var (training, heldOut) = CrossValidation.Rows(folds, i % settings.Folds);
            if (training.Length == 0 || heldOut.Length == 0) return;
            var fitted = fit(train.Select(training), strengths[i / settings.Folds]);
            losses[i] = model.Loss(fitted, train.Select(heldOut)) * heldOut.Length;
        });
        var best = strengths[^1];
        var lowest = double.PositiveInfinity;
        foreach (var (i, strength) in strengths.Index())
        {
            double loss = 0; // summed in order: the same choice for any number of threads
            for (var fold = 0; fold < settings.Folds; fold++) loss += losses[i * settings.Folds + fold];
            if (!(loss < lowest)) continue;
            (lowest, best) = (loss, strength);
        }

        return fit(train, best);
    }

    /// <summary>One model of all patients together: the upper reference that no federation may build.</summary>
    public static double[] Pooled(IModel<double> model, IReadOnlyList<Site> sites, BaselineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        var all = Batch<double>.Concatenate(sites.Select(s => s.Train));
        return Fitted(model, model.Spec.Initial(settings.Seed), all, settings);
    }

    /// <summary>Federated averaging (McMahan et al. 2017), every site in every round.</summary>
    public static double[] FedAvg(
        IModel<double> model, IReadOnlyList<Site> sites, BaselineSettings settings, bool weightByPatients)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(settings);
        var theta = model.Spec.Initial(settings.Seed);
        double total = sites.Sum(site => weightByPatients ? site.Train.Count : 1);
        for (var round = 0; round < settings.Rounds; round++)
        {
            var next = new double[theta.Length];
            foreach (var site in sites)
            {
                var local = (double[])theta.Clone();
                GradientDescent.Run<double>(model, local, site.Train, settings.LocalSteps, settings.LocalRate);
                FlatVector.AddScaled(next, (weightByPatients ? site.Train.Count : 1) / total, local);
            }

            theta = next;
        }

        return theta;
    }

    /// <summary>Plain, unguarded steps on the site's patients.</summary>
    public static double[] FineTuned(
        IModel<double> model, double[] shared, Batch<double> train, BaselineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(settings);
        var theta = (double[])shared.Clone();
        GradientDescent.Run<double>(model, theta, train, settings.FineTuneSteps, settings.FineTuneRate);
        return theta;
    }

    /// <summary>The shared model with the site's own intercept (<see cref="InterceptRecalibration"/>).</summary>
    public static double[] Recalibrated(IModel<double> model, double[] shared, Batch<double> train)
    {
        ArgumentNullException.ThrowIfNull(shared);
        var theta = (double[])shared.Clone();
        InterceptRecalibration.Run<double>(model, theta, train);
        return theta;
    }

    private static BaselineResult ForEach(string name, IReadOnlyList<Site> sites, Func<Site, double[]> theta) =>
        new(name, [.. sites.Select(theta)]);

    /// <summary>The minimum where the loss is convex, else Adam to the lowest training loss seen.</summary>
    private static double[] Fitted(
        IModel<double> model, double[] start, Batch<double> train, BaselineSettings settings)
    {
        var theta = (double[])start.Clone();
        if (model.Spec.Blocks.Length > 2) return Descended(model, theta, train, settings);
        var all = new double[theta.Length];
        all.AsSpan().Fill(1);
        NewtonDescent.Run<double>(model, theta, train, all);
        return theta;
    }

    private static double[] Descended(
        IModel<double> model, double[] theta, Batch<double> train, BaselineSettings settings)
    {
        var adam = ServerOptimizer.Create(
            new ServerOptimizerSettings("adam", settings.FitRate, 0.9, 0.999, 1e-8), theta.Length);
        var (kept, gradient) = ((double[])theta.Clone(), new double[theta.Length]);
        var lowest = double.PositiveInfinity;
        for (var step = 0; step < settings.FitSteps; step++)
        {
            var loss = model.Gradient(theta, train, gradient);
            if (!double.IsFinite(loss)) break;
            if (loss < lowest)
            {
                lowest = loss;
                theta.CopyTo(kept, 0);
            }

            adam.Step(theta, gradient);
        }

        return kept;
    }
}
