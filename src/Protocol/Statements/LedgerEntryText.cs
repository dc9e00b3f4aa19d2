using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FedMeta.Protocol;

/// <summary>The one JSON text of a ledger entry. Whether what was read is canonical, the caller asks by writing it
/// again.</summary>
internal static class LedgerEntryText
{
    private const string Schema = "fedmeta-ledger-entry-1";
    private const string Prefix = "fedmeta/", Suffix = "/journal";
    private const long MaxTime = 253402300799999;
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Default };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 2 };

    public static byte[] Write(LedgerEntry entry)
    {
        var terms = entry.Terms;
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("ledger", entry.Ledger);
            json.WriteNumber("seq", entry.Sequence);
            json.WriteString("previous", Text(entry.Previous));
            json.WriteNumber("checkpoint_size", entry.CheckpointSize);
            json.WriteString("checkpoint_root", entry.CheckpointRoot.ToString());
            json.WriteString("type", NameOf(entry.Type));
            json.WriteString("study", entry.Study.ToString());
            json.WriteNumber("round", entry.Round);
            json.WriteNumber("attempt", entry.Attempt);
            json.WriteString("unit", terms.Unit);
            json.WriteString("contribution", terms.Contribution);
            json.WriteString("adjacency", terms.Adjacency);
            json.WriteString("mechanism", LedgerEntry.Mechanism);
            json.WriteString("clip", terms.Clip.ToString());
            json.WriteString("scale", terms.Scale.ToString());
            json.WriteString("norm_bound_squared", Decimal(terms.NormBoundSquared));
            json.WriteNumber("ring_bits", terms.RingBits);
            json.WriteString("local_variance", Decimal(terms.LocalVariance));
            json.WriteNumber("enrolled", terms.Enrolled);
            json.WriteNumber("min_survivors", terms.MinSurvivors);
            json.WriteNumber("colluders", terms.Colluders);
            json.WriteNumber("survivors", entry.Survivors);
            json.WriteString("sampling", terms.Sampling);
            json.WriteString("sampling_rate", terms.SamplingRate.ToString());
            json.WriteNumber("order", terms.Order);
            json.WriteString("rho", Decimal(entry.Rho));
            json.WriteString("rho_attempt", Decimal(terms.Rho));
            json.WriteString("delta", ExactFraction.Zero.ToString());
            json.WriteString("cumulative", Decimal(entry.Cumulative));
            json.WriteString("budget", Decimal(terms.Budget));
            json.WriteString("model", Text(entry.Model));
            json.WriteString("message", Text(entry.Message));
            json.WriteString("sampler", entry.Sampler);
            json.WriteString("random", entry.Random);
            json.WriteString("code", entry.Code.ToString());
            json.WriteNumber("at", entry.At.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The entry that a text may be; null for what cannot be one.</summary>
    public static LedgerEntry? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), Strict);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? Read(new Fields(root)) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // An escaped lone surrogate is found only when the text is read.
            return null;
        }
    }

    private static LedgerEntry? Read(Fields fields)
    {
        var ledger = fields.Text("ledger");
        var isNamed = ledger.StartsWith(Prefix, StringComparison.Ordinal)
            && ledger.EndsWith(Suffix, StringComparison.Ordinal) && ledger.Length > Prefix.Length + Suffix.Length;
        var at = fields.Whole("at", MaxTime);
        var entry = new LedgerEntry(
            isNamed ? ledger[Prefix.Length..^Suffix.Length] : "",
            fields.Whole("seq", long.MaxValue),
            fields.Digest("previous"),
            fields.Whole("checkpoint_size", long.MaxValue),
            fields.Digest("checkpoint_root"),
            fields.Type("type"),
            fields.Digest("study"),
            fields.Number("round"),
            fields.Number("attempt"),
            ReadTerms(fields),
            fields.Number("survivors"),
            fields.Large("cumulative"),
            fields.Digest("model"),
            fields.Digest("message"),
            fields.Text("sampler"),
            fields.Text("random"),
            fields.Digest("code"),
            DateTimeOffset.FromUnixTimeMilliseconds(at));
        return isNamed && fields.AreAll ? entry : null;
    }

    private static LedgerTerms ReadTerms(Fields fields) => new(
        fields.Text("unit"),
        fields.Text("contribution"),
        fields.Text("adjacency"),
        fields.Fraction("clip"),
        fields.Fraction("scale"),
        fields.Large("norm_bound_squared"),
        fields.Number("ring_bits"),
        fields.Large("local_variance"),
        fields.Number("enrolled"),
        fields.Number("min_survivors"),
        fields.Number("colluders"),
        fields.Text("sampling"),
        fields.Fraction("sampling_rate"),
        fields.Number("order"),
        fields.Large("rho_attempt"),
        fields.Large("budget"));

    private static string NameOf(LedgerEntryType type) => type switch
    {
        LedgerEntryType.Grant => "grant",
        LedgerEntryType.Reserve => "reserve",
        LedgerEntryType.Spend => "spend",
        LedgerEntryType.Abort => "abort",
        LedgerEntryType.Release => "release",
        LedgerEntryType.Close => "close",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static string Text(Sha256Digest digest) => digest == default ? "" : digest.ToString();

    private static string Decimal(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The members of an object, each asked for with its type; a wrong one is remembered, not
    /// thrown.</summary>
    private sealed class Fields(JsonElement root)
    {
        public bool AreAll { get; private set; } = true;

        public string Text(string name) =>
            root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : Missing("");

        public long Whole(string name, long max) =>
            root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) && number >= 0 && number <= max
                ? number
                : Missing(0L);

        public int Number(string name) => (int)Whole(name, int.MaxValue);

        public BigInteger Large(string name) =>
            ExactFraction.TryParseWhole(Text(name), out var number) ? number : Missing(BigInteger.Zero);

        public ExactFraction Fraction(string name) =>
            ExactFraction.TryParse(Text(name), out var fraction) ? fraction : Missing(ExactFraction.One);

        public Sha256Digest Digest(string name) => Text(name) is { Length: > 0 } text
            ? Sha256Digest.TryParse(text, out var digest) ? digest : Missing(default(Sha256Digest))
            : default;

        public LedgerEntryType Type(string name)
        {
            var text = Text(name);
            foreach (var type in Enum.GetValues<LedgerEntryType>())
            {
                if (NameOf(type) == text) return type;
            }

            return Missing(LedgerEntryType.Grant);
        }

        private T Missing<T>(T instead)
        {
            AreAll = false;
            return instead;
        }
    }
}
