using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Protocol.Tests;

/// <summary>Random studies, all of them valid.</summary>
internal static class Studies
{
    private static readonly Identity[] Keys = [.. Enumerable.Range(0, 20).Select(_ => Identity.Create())];

    public static Identity KeyOf(StudyMember member) =>
        Keys.Single(key => key.PublicKey.AsSpan().SequenceEqual(member.PublicKey));

    public static StudyDocument Heart(int members = 5) => StudyDocument.Create(
        StudyDraft.Read(Samples.Heart).OrThrow("heart.toml"),
        Members(members),
        new Dictionary<string, string> { ["scale"] = "1024.0", ["local_variance"] = "123456789012345678901234567890" },
        Sha256Digest.Of("model"u8)).OrThrow("heart");

    public static StudyMember[] Members(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new StudyMember($"site-{i}", $"Site {i}", Keys[i].PublicKey))];

    public static Gen<StudyDocument> Documents =>
        from terms in Terms
        from count in terms.Aggregation.IsBucketed
            ? Gen.Constant(3 * terms.Aggregation.BucketSize)
            : Gen.Choose(terms.Aggregation.MinPeers,
                Math.Min(9, (2 * terms.Aggregation.Threshold) - terms.Privacy.Colluders - 1))
        from seed in Gen.Choose(0, int.MaxValue)
        from notes in Visible(60).ListOf(3)
        select StudyDocument.Create(
            terms,
            Members(count),
            notes.Select((note, i) => (note, i)).ToDictionary(pair => $"key_{pair.i}", pair => pair.note),
            Sha256Digest.Of(BitConverter.GetBytes(seed))).OrThrow("generated");

    private static Gen<StudyTerms> Terms =>
        from name in Gen.Elements("heart", "sepsis-2", "0", new string('a', 48))
        from purpose in Visible(500)
        from plainData in Data
        from plainModel in Model
        from plainMeta in Meta(plainData.MinRows)
        let model = plainMeta.Algorithm switch
        {
            "cnp" => new ModelTerms("cnp", [8, 4], 1),
            "protonet" => new ModelTerms("mlp-relu", [8], 3),
            _ => plainModel,
        }
        from colluders in Gen.Choose(0, 1)
        from honest in Gen.Choose(2, 3)
        from peers in Gen.Choose(5, 6)
        from threshold in Gen.Choose(Math.Max(honest + colluders, ((peers + colluders) / 2) + 1), peers)
        from quorum in Gen.Choose(threshold, peers)
        from bits in Gen.Choose(16, 64)
        from aggregation in Aggregation(
            new AggregationTerms(threshold, peers, honest, bits), mayBeBucketed: plainMeta.Algorithm != "scaffold")
        from privacy in Privacy(colluders)
        from rounds in Gen.Choose(1, 100_000)
        from seconds in Gen.Choose(1, 604_800)
        from plainProbe in Gen.Elements("", new string('0', 64), Sha256Digest.Of("probe"u8).ToString())
        let probe = plainMeta.Algorithm is "cnp" or "protonet" ? "" : plainProbe
        from tolerance in Positive(1e6)
        let isPerPatient = plainMeta.Algorithm == "fedsgd" && privacy.Unit == "patient"
        let meta = isPerPatient ? plainMeta with { Shots = 8 } : plainMeta
        from rate in Gen.Choose(1, 1_000_000)
        let timedData = model.Kind == "cox" ? plainData with { Time = "the time" } : plainData
        let data = isPerPatient
            ? timedData with { MinRows = Math.Min(plainData.MinRows, 999), MaxRows = 1000 }
            : timedData
        select new StudyTerms(
            name,
            purpose,
            data,
            model,
            meta,
            aggregation,
            isPerPatient ? privacy with { Sampling = rate / 1e6 } : privacy,
            new RoundTerms(rounds, TimeSpan.FromSeconds(seconds), quorum),
            new ChecksTerms(probe, tolerance));

    private static Gen<AggregationTerms> Aggregation(AggregationTerms plain, bool mayBeBucketed) =>
        from isBucketed in Gen.Elements(mayBeBucketed, false)
        from combine in Gen.Elements("coordinate-median", "trimmed-mean", "geometric-median")
        select isBucketed
            ? plain with { Robust = AggregationTerms.Buckets, BucketSize = plain.MinPeers, Combine = combine }
            : plain;

    private static Gen<DataTerms> Data =>
        from label in Visible(20)
        from fold in Gen.OneOf(Gen.Constant(""), Visible(20))
        from rows in Gen.Choose(2, 100_000_000)
        from names in Visible(20).ListOf(5)
        from constants in Positive(1e12).ListOf(10)
        where label != fold && names.Any(name => name != label && name != fold)
            && !names.Exists(name => name.Contains("..", StringComparison.Ordinal))
        select new DataTerms(label, rows, fold,
        [
            .. names.Distinct().Where(name => name != label && name != fold).Select((name, i) =>
                new Feature(name, (i % 2 == 0 ? 1 : -1) * constants[i], Math.Max(constants[i + 5], 1e-12))),
        ]);

    private static Gen<ModelTerms> Model =>
        from kind in Gen.Elements("linear", "logistic", "softmax", "mlp-relu", "mlp-tanh", "conv-relu", "conv-norm-relu", "cox")
        from layers in Gen.Choose(1, 65536).ListOf(2)
        from some in Gen.Choose(2, 1000)
        from loss in Gen.Elements(ModelTerms.OwnLoss, "mse", "bce", "ce")
        let isLayered = kind.StartsWith("mlp", StringComparison.Ordinal) || kind.StartsWith("conv", StringComparison.Ordinal)
        let outputs = kind is "linear" or "logistic" or "cox" || (isLayered && loss is "mse" or "bce") ? 1 : some
        select new ModelTerms(
            kind, isLayered || kind == "cox" ? layers : [], outputs, isLayered ? loss : ModelTerms.OwnLoss);

    private static Gen<MetaTerms> Meta(int rows) =>
        from algorithm in Gen.Elements(
            [.. StudyKeys.Algorithm.Words])
        from steps in Gen.Choose(1, 100)
        from inner in Positive(10)
        from shots in Gen.Choose(1, Math.Min(10_000, rows / 2))
        from tasks in Gen.Choose(1, 1_000_000)
        from outer in Gen.Elements("sgd", "momentum", "adam", "yogi", "adagrad")
        from rate in Positive(10)
        from seed in Gen.Choose(0, int.MaxValue)
        from batch in Gen.Choose(0, 10_000)
        from proximal in Positive(1000)
        from local in Positive(10)
        let isStepped = algorithm is not ("fedsgd" or "protonet" or "cnp")
        select new MetaTerms(algorithm, isStepped ? steps : 1,
            algorithm is "protonet" or "cnp" ? 0.1 : inner, shots, tasks, outer, rate,
            (long)seed * int.MaxValue, isStepped ? batch : 0,
            algorithm is "imaml" or "fedprox" or "pfedme" or "ditto" ? proximal : 1,
            algorithm == "per-fedavg" ? local : 0.1);

    private static Gen<PrivacyTerms> Privacy(int colluders) =>
        from unit in Gen.Elements("patient", "task", "site")
        from epsilon in Positive(1000)
        from delta in Positive(0.01)
        from clip in Positive(1e6)
        select new PrivacyTerms(unit, epsilon, delta, clip, colluders);

    private static Gen<double> Positive(double max) =>
        from mantissa in Gen.Choose(1, int.MaxValue)
        from exponent in Gen.Choose(0, 12)
        select max * (mantissa / (double)int.MaxValue) * Math.Pow(10, -exponent);

    private static Gen<string> Visible(int max) =>
        from length in Gen.Choose(1, max)
        from text in Gen.OneOf(
                Gen.Choose(0x21, 0x7E).Select(c => (char)c), Gen.Elements(
                    'é', '서', '울', '"', '\\', '#', ' ', '=', '[', '\''))
            .ArrayOf(length)
        let line = new string(text).Trim()
        where line.Length > 0
        select line;
}
