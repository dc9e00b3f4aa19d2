using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FedMeta.Protocol;

/// <summary>
/// What a hospital says it spent of its budget when a masked input left: its own ledger entry, signed with its identity
/// key, so that the privacy report can be computed from the coordinator's journal and checked without trusting it.
/// </summary>
/// <param name="Study">Hash of the study document.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="ClientId">Who spent.</param>
/// <param name="Model">SHA-256 of the model file that the update was computed from.</param>
/// <param name="Rho">zCDP of this release, in units of 2^-64; not negative.</param>
/// <param name="Cumulative">zCDP of the study so far, this release included, in units of 2^-64; at least
/// <paramref name="Rho"/>.</param>
/// <param name="LocalVariance">Variance of the noise that this hospital drew, in squared integer units of the
/// ring.</param>
/// <param name="NormBoundSquared">Bound of the squared L2 norm of a unit's integer vector.</param>
/// <param name="HonestMinimum">Hospitals whose noise a released sum holds at least; at least 1.</param>
/// <param name="At">UTC, whole milliseconds.</param>
public sealed record SpendStatement(
    Sha256Digest Study,
    int Round,
    int Attempt,
    string ClientId,
    Sha256Digest Model,
    BigInteger Rho,
    BigInteger Cumulative,
    BigInteger LocalVariance,
    BigInteger NormBoundSquared,
    int HonestMinimum,
    DateTimeOffset At)
{
    /// <summary>Longest text in bytes.</summary>
    public const int MaxLength = 4096;

    private const string Domain = "fedmeta-spend-v1";
    private const int MaxDigits = 100, Members = 11;

    // The end of the year 9999.
    private const long MaxTime = 253402300799999;
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Default };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 2 };

    /// <summary>
    /// The canonical text: one line of JSON, members in a fixed order, large numbers as decimal texts.
    /// </summary>
    /// <exception cref="ArgumentException">A member out of its bounds.</exception>
    public byte[] ToCanonicalJson()
    {
        if (!IsWellFormed) throw new ArgumentException("a member of the spend statement is out of its bounds");
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("study", Study.ToString());
            json.WriteNumber("round", Round);
            json.WriteNumber("attempt", Attempt);
            json.WriteString("client", ClientId);
            json.WriteString("model", Model.ToString());
            json.WriteString("rho", Decimal(Rho));
            json.WriteString("cumulative", Decimal(Cumulative));
            json.WriteString("local_variance", Decimal(LocalVariance));
            json.WriteString("norm_bound_squared", Decimal(NormBoundSquared));
            json.WriteNumber("honest_minimum", HonestMinimum);
            json.WriteNumber("at", At.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Signs the canonical text with the hospital's identity key.</summary>
    /// <returns>64 bytes.</returns>
    public byte[] Sign(Identity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.Sign(Domain, ToCanonicalJson());
    }

    /// <summary>Whether the holder of <paramref name="publicKey"/> stated this. Hostile bytes give false.</summary>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        IsWellFormed && PublicKeys.Verify(publicKey, Domain, ToCanonicalJson(), signature);

    /// <summary>Reads a canonical text and nothing else. Never throws for what the bytes hold.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SpendStatement? statement)
    {
        statement = null;
        if (utf8.Length > MaxLength) return false;
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), Strict);
            var candidate = Read(document.RootElement);
            if (candidate is not { IsWellFormed: true } || !candidate.ToCanonicalJson().AsSpan().SequenceEqual(utf8))
                return false;
            statement = candidate;
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // An escaped lone surrogate is found only when the text is read.
            return false;
        }
    }

    private bool IsWellFormed =>
        Round > 0 && Attempt > 0 && HonestMinimum > 0 && Protocol.ClientId.IsValid(ClientId)
        && Rho.Sign >= 0 && Cumulative >= Rho && LocalVariance.Sign >= 0 && NormBoundSquared.Sign >= 0
        && Limit >= BigInteger.Max(BigInteger.Max(Cumulative, LocalVariance), NormBoundSquared)
        && At.ToUnixTimeMilliseconds() is >= 0 and <= MaxTime;

    private static BigInteger Limit { get; } = BigInteger.Pow(10, MaxDigits) - 1;

    private static string Decimal(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    private static SpendStatement? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || root.GetPropertyCount() != Members) return null;
        if (!Digest(root, "study", out var study) || !Digest(root, "model", out var model)) return null;
        if (!Whole(root, "round", out var round) || !Whole(root, "attempt", out var attempt)) return null;
        if (!Whole(root, "honest_minimum", out var honest) || !Whole(root, "at", out var at) || at is < 0 or > MaxTime)
            return null;
        if (round > int.MaxValue || attempt > int.MaxValue || honest > int.MaxValue) return null;
        if (!Large(root, "rho", out var rho) || !Large(root, "cumulative", out var cumulative)) return null;
        if (!Large(root, "local_variance", out var variance) || !Large(root, "norm_bound_squared", out var norm))
            return null;
        return Text(root, "client") is { } client
            ? new SpendStatement(
                study,
                (int)round,
                (int)attempt,
                client,
                model,
                rho,
                cumulative,
                variance,
                norm,
                (int)honest,
                DateTimeOffset.FromUnixTimeMilliseconds(at))
            : null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Digest(JsonElement root, string name, out Sha256Digest digest) =>
        Sha256Digest.TryParse(Text(root, name), out digest);

    private static bool Whole(JsonElement root, string name, out long number)
    {
        number = 0;
        return root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out number) && number >= 0;
    }

    private static bool Large(JsonElement root, string name, out BigInteger number)
    {
        number = default;
        return Text(root, name) is { Length: > 0 and <= MaxDigits } text
            && BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
