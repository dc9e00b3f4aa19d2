using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Adaptation;

/// <summary>
/// Another study's model among the same rows, to be set beside the one that is evaluated: above all that of federated
/// averaging, which no hospital can compute by itself.
/// </summary>
/// <param name="Study">The other study; this hospital need not have been a member.</param>
/// <param name="Model">Its model.</param>
/// <param name="Data">The hospital's rows as that study takes them.</param>
internal sealed record BesideModel(VerifiedStudy Study, StudyModel Model, SiteData Data)
{
    /// <summary>The name that its rows begin with.</summary>
    public string Name => $"{Study.Name} ({Study.Algorithm.Name})";

    /// <summary>Refuses what would be no fair comparison.</summary>
    /// <param name="study">The study that is evaluated.</param>
    /// <param name="data">Its rows.</param>
    /// <exception cref="FedMetaException">The same study, another outcome, other held-out patients, or a model that
    /// predicts nothing before it has seen patients.</exception>
    public void RequireComparable(VerifiedStudy study, SiteData data)
    {
        if (Study.Hash == study.Hash)
            throw Refuse("is the study that is evaluated", "name another study of the same outcome");
        if (Study.CreateAlgorithm() is IForwardAdaptation<double>)
        {
            throw Refuse($"is a study of {Study.Algorithm.Name}, whose model is made by a forward pass",
                "evaluate that study by itself");
        }

        if (Study.Model.Loss != study.Model.Loss || Study.Model.Outputs != study.Model.Outputs)
            throw Refuse("predicts another kind of outcome", "name a study of the same outcome");
        // A model that trained on patients who are held out here would be judged on what it has seen.
        if (!Data.Split.Test.SequenceEqual(data.Split.Test))
        {
            throw Refuse("holds out other patients of this hospital",
                "both studies need the same fold column, or the same meta.seed");
        }

        if (!Data.Test.Targets.Span.SequenceEqual(data.Test.Targets.Span))
            throw Refuse("takes the outcome from another column", "name a study of the same outcome");
    }

    /// <summary>Its model as it came, and as a hospital without a guard would adapt it.</summary>
    /// <param name="steps">Of the fine-tuning.</param>
    /// <param name="rate">Their rate.</param>
    public IEnumerable<(string Name, double[] Theta, Judgement Judged)> Judged(int steps, double rate)
    {
        var engine = Study.CreateModel();
        var shared = Model.File.Theta.ToArray();
        List<(string Way, double[] Theta)> ways = [(", unadapted", shared)];
        if (Data.Train.Count > 0)
        {
            if (Study.Model.Loss != LossKind.CoxPartialLikelihood)
                ways.Add((" + intercept recalibration", Baselines.Recalibrated(engine, shared, Data.Train)));
            ways.Add(($" + {steps} plain steps, unguarded", Baselines.FineTuned(engine, shared, Data.Train,
                new BaselineSettings(FineTuneSteps: steps, FineTuneRate: rate))));
        }

        return ways.Select(w => (Name + w.Way, w.Theta, Judgement.Of(engine, w.Theta, Data.Test)));
    }

    private FedMetaException Refuse(string what, string hint) => new(
        ExitCode.Usage, $"'{Study.Name}' cannot be set beside this study: it {what}", hint);
}
