using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Client.Studies;
using FedMeta.Learning;

namespace FedMeta.Client.Adaptation;

/// <summary>Judges models on the hospital's held-out patients. Nothing of it leaves the hospital.</summary>
internal static class HospitalEvaluation
{
    /// <summary>Compares the shared model, the adapted one and what the hospital could do alone.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">Its meta-model.</param>
    /// <param name="modelHash">Hash of its file.</param>
    /// <param name="data">The hospital's rows; adaptation sees the training fold alone.</param>
    public static EvaluationReport Run(VerifiedStudy study, StudyModel model, string modelHash, SiteData data)
    {
        var adapted = HospitalAdaptation.Adapt(study, model, data.Train, shots: null);
        (study, model) = HospitalAdaptation.Ordinary(study, model);
        var engine = study.CreateModel();
        EvaluationRow Row(string name, ReadOnlySpan<double> theta) =>
            new(name, Evaluator.Evaluate(engine, theta, data.Test, study.Seed));
        return new EvaluationReport(
            study.Name,
            study.Hash,
            modelHash,
            data.Train.Count,
            data.Test.Count,
            data.Split.Seed,
            adapted.Reason,
            [
                Row("meta-model, unadapted", model.File.Theta.AsSpan()),
                Row($"meta-model, adapted ({adapted.Name})", adapted.Theta),
                Row("this hospital alone, weight decay by cross-validation",
                    Baselines.LocalOnly(engine, data.Train, new BaselineSettings(Seed: study.Seed))),
                Row("prevalence only", Baselines.PrevalenceOnly(engine, data.Train)),
            ]);
    }
}
