using FedMeta.Client.Data;
using FedMeta.Client.Policy;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Client.Studies;

/// <summary>
/// Checks a study document at this hospital, trusting no figure in it: own key among the members, model and algorithm,
/// whether the algorithm is sound for the unit of privacy, the mechanism computed again, secure aggregation, the
/// policy.
/// </summary>
internal static class StudyVerification
{
    /// <summary>Verifies a document for taking part.</summary>
    /// <param name="document">The document, already strict and canonical.</param>
    /// <param name="clientId">This hospital's id.</param>
    /// <param name="ownKey">This hospital's SubjectPublicKeyInfo.</param>
    /// <param name="policy">This hospital's law.</param>
    public static StudyVerdict Verify(
        StudyDocument document, string clientId, ReadOnlySpan<byte> ownKey, HospitalPolicy policy)
    {
        var (study, problems) = Read(document);
        var objections = problems.Select(problem => new StudyObjection(StudyObjectionKind.Document, problem)).ToList();
        if (!document.TryGetMember(clientId, out var self))
        {
            objections.Add(new(StudyObjectionKind.Document, $"this hospital ('{clientId}') is no member of the study"));
        }
        else if (!self.PublicKey.AsSpan().SequenceEqual(ownKey))
        {
            objections.Add(new(StudyObjectionKind.Document,
                "the document gives this hospital another key than its own: somebody could speak in its name"));
        }

        if (study is null) return new StudyVerdict(null, null, objections);
        var limits = EffectiveLimits.Tighten(study.Demands, policy);
        objections.AddRange(PolicyObjections(study, limits, policy));
        return new StudyVerdict(study, limits, objections);
    }

    /// <summary>Recomputes what the document itself states; enough to use its model, not to take part.</summary>
    /// <returns>The study, or what does not hold together in the document.</returns>
    public static (VerifiedStudy? Study, IReadOnlyList<string> Problems) Read(StudyDocument document)
    {
        var terms = document.Terms;
        var algorithm = new AlgorithmSettings(terms.Meta.Algorithm, terms.Meta.InnerRate, terms.Meta.InnerSteps,
            terms.Meta.Proximal, terms.Meta.LocalRate, terms.Meta.Batch);
        List<string> problems =
        [
            .. algorithm.Problems(),
            .. ModelSpecText.Problems(
                terms.Model.Kind, terms.Data.Features.Count, terms.Model.Outputs, terms.Model.Layers,
                terms.Model.LossName),
        ];
        if (problems.Count > 0) return (null, problems);

        var unit = MechanismCheck.UnitOf(terms.Privacy.Unit);
        var shape = TaskShape.Of(terms.Meta.Algorithm, unit, terms.Meta.Shots);
        var model = ModelSpec.FromStudy(
            terms.Model.Kind, terms.Data.Features.Count, terms.Model.Outputs, terms.Model.Layers, terms.Model.LossName);
        if (model.LabelWidth != (terms.Data.Time.Length > 0 ? 2 : 1))
            problems.Add("the study's label columns are not those that its model needs");
        problems.AddRange(MetaAlgorithms.Problems(algorithm, model));
        var ruling = PrivacyUnits.Rule(algorithm.Name, terms.Privacy.Unit, model.Loss, shape.RowsPerTask);
        if (!ruling.Sound)
            problems.Add($"{algorithm.Name} is not sound for the unit {terms.Privacy.Unit}: {ruling.Reason}");
        var (mechanism, mechanismProblems) = MechanismCheck.Run(
            document, shape.Kind, MetaAlgorithms.UploadLength(algorithm.Name, model));
        problems.AddRange(mechanismProblems);
        if (terms.Aggregation.IsBucketed)
            problems.AddRange(GroupLayout.Problems(document.Members.Count, terms.Aggregation.BucketSize));
        if (mechanism is null) return (null, problems);
        var summed = terms.Aggregation.LargestSum(document.Members.Count);
        var graph = StudyGraph.For(summed, terms.Aggregation.Threshold, terms.Privacy.Colluders, out var ungraphed);
        var aggregation = new AggregationParameters(
            [new VectorShape("update", mechanism.PaddedDimension, terms.Aggregation.Bits)],
            summed, terms.Aggregation.Threshold, terms.Privacy.Colluders, terms.Aggregation.MinHonestInputs, graph);
        problems.AddRange(ungraphed is null ? aggregation.Validate() : [ungraphed]);
        return problems.Count > 0
            ? (null, problems)
            : (Assemble(document, unit, shape, algorithm, model, mechanism, aggregation), problems);
    }

    private static IEnumerable<StudyObjection> PolicyObjections(
        VerifiedStudy study, EffectiveLimits limits, HospitalPolicy policy)
    {
        static StudyObjection By(string what) => new(StudyObjectionKind.Policy, what);
        var charge = study.Demands.Budget.Times(study.Demands.PatientFactor);
        if (charge > limits.StudyBudget)
        {
            var epsilon = study.Demands.Epsilon(charge, policy.Delta);
            yield return By($"the study may cost a patient of this hospital epsilon = {epsilon:0.###} at delta = "
                + $"{policy.Delta} and the policy allows {policy.MaxEpsilonPerStudy} per study: it would stop at round "
                + $"{BudgetReach.Attempts(limits.StudyBudget, study.Mechanism.PerRound.Times(study.Demands.PatientFactor))} "
                + $"of {study.Rounds}");
        }

        var n = study.SmallestSum;
        var t = study.Demands.Threshold;
        if (n < limits.MinPeers)
        {
            var where = study.Groups is null ? "the study" : "a group of the study";
            yield return By($"{where} has {n} members and the policy wants {limits.MinPeers}");
        }

        if (t - limits.Colluders < limits.MinHonestInputs)
        {
            yield return By($"threshold {t} less {limits.Colluders} colluders leaves fewer than the "
                + $"{limits.MinHonestInputs} honest inputs that the policy wants in a sum");
        }

        var own = OwnShare.Of(study);
        if (own.Noise < policy.LeastOwnNoise)
        {
            yield return By($"this hospital's own noise would be {own.Noise:0.###} times what a patient can move and "
                + $"the policy wants {policy.LeastOwnNoise} (least_own_noise): if everyone else colluded, the study "
                + $"would cost a patient epsilon = {own.Epsilon(policy.Delta):0.###} at delta = {policy.Delta}");
        }

        // Noise, charge and quorum are computed for the study's own number of colluders and hold for no more.
        if (study.Demands.Colluders < limits.Colluders)
        {
            yield return By($"the study's noise is meant for {study.Demands.Colluders} colluders and the policy wants "
                + $"{limits.Colluders}");
        }
    }

    private static VerifiedStudy Assemble(
        StudyDocument document,
        PrivacyUnit unit,
        TaskShape shape,
        AlgorithmSettings algorithm,
        ModelSpec model,
        MechanismPlan mechanism,
        AggregationParameters aggregation)
    {
        var terms = document.Terms;
        var (kind, classes) = model.Loss switch
        {
            LossKind.BinaryCrossEntropy => (LabelKind.Binary, 2),
            LossKind.SoftmaxCrossEntropy => (LabelKind.ClassIndex, model.Outputs),
            LossKind.CoxPartialLikelihood => (LabelKind.Binary, 2),
            _ => (LabelKind.Real, 1),
        };
        return new VerifiedStudy
        {
            Hash = document.Hash.ToString(),
            Name = terms.Name,
            InitialModel = document.InitialModel,
            Rounds = checked((uint)terms.Rounds.Count),
            Deadline = terms.Rounds.Deadline,
            Delta = terms.Privacy.Delta,
            Seed = checked((ulong)terms.Meta.Seed),
            Data = new DataContract([.. terms.Data.Features.Select(feature => feature.Name)], terms.Data.Label, kind,
                classes,
                terms.Data.Fold.Length == 0 ? null : terms.Data.Fold, terms.Data.MinRows)
            {
                MaxRows = terms.IsPerPatient ? terms.Data.MaxRows : null,
                Time = terms.Data.Time.Length == 0 ? null : terms.Data.Time,
            },
            Scaling = new FeatureScaling(
                terms.Data.Features.Select(feature => feature.Centre),
                    terms.Data.Features.Select(feature => feature.Scale)),
            Model = model,
            Algorithm = algorithm,
            Shape = shape,
            Mechanism = mechanism,
            Ledger = LedgerTerms.Of(document),
            Aggregation = aggregation,
            Groups = terms.Aggregation.IsBucketed
                ? GroupLayout.Of(document.Members.Count, terms.Aggregation.BucketSize)
                : null,
            BucketSize = terms.Aggregation.BucketSize,
            Members = new RoundMembers(document.Members.Select(
                member => KeyValuePair.Create(member.Id, member.PublicKey))),
            Demands = new StudyDemands(unit, mechanism.Total, PatientFactor(unit, shape.Kind),
                terms.Aggregation.MinPeers,
                terms.Data.MinRows, terms.Aggregation.MinHonestInputs, terms.Privacy.Colluders,
                    terms.Aggregation.Threshold)
            {
                Order = mechanism.Order is { } order ? BudgetOrder.Whole(order) : null,
            },
        };
    }

    // (what a patient moves / what the unit moves)^2, both in multiples of the norm bound of one vector; rho is
    // quadratic.
    private static int PatientFactor(PrivacyUnit unit, ContributionKind kind)
    {
        var patient = Sensitivity.Factor(PrivacyUnit.Patient, kind, 1, 1)!.Value;
        var own = Sensitivity.Factor(unit, kind, 1, 1)!.Value;
        return checked(patient * patient / (own * own));
    }
}
