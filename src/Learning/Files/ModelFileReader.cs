using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace FedMeta.Learning;

/// <summary>
/// Reads what <see cref="ModelFileWriter"/> writes and nothing else: the header must be the very bytes that the
/// writer would give for the model found. Bytes from a stranger can cause a refusal, never an exception, and memory
/// only in proportion to the bytes that arrived.
/// </summary>
public static class ModelFileReader
{
    /// <summary>Reads one model file to the end of <paramref name="stream"/>.</summary>
    public static ModelFileReading Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var prefix = new byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) return Refuse("it is shorter than 8 bytes");
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > ModelFileFormat.MaxHeaderBytes)
            return Refuse($"a header of {length} bytes is outside 2 .. {ModelFileFormat.MaxHeaderBytes}");
        var header = new byte[length];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            return Refuse("it ends inside the header");
        if (Metadata(header, out var hasControl) is not { } metadata)
            return Refuse("the header is no JSON object with text metadata");
        if (metadata.GetValueOrDefault("format") != ModelFileFormat.Name)
            return Refuse($"it is not in the format {ModelFileFormat.Name}");
        if (ModelSpecText.Parse(metadata.GetValueOrDefault("model", "")) is not { } spec)
            return Refuse("it names no model that this version knows");
        if (Features(metadata.GetValueOrDefault("features", ""), spec) is not { } features)
            return Refuse("its feature names do not fit its model");
        var vectors = hasControl ? 3 : 2;
        if (Data(stream, checked(8 * ((vectors * spec.ParameterCount) + (2 * spec.Inputs)))) is not { } data)
            return Refuse("it ends inside the parameters");
        if (stream.ReadByte() >= 0) return Refuse("bytes follow the parameters");
        if (!IsIntact(header, metadata.GetValueOrDefault("sha256", ""), data))
            return Refuse("it is damaged: it does not have the checksum that its header states");
        return Assemble(header, metadata, spec, features, data);
    }

    /// <summary>Grows with the bytes that arrive, so that a short file cannot claim the memory of a large
    /// one.</summary>
    private static byte[]? Data(Stream stream, int length)
    {
        var data = new byte[Math.Min(length, 1 << 16)];
        var filled = 0;
        while (true)
        {
            filled += stream.ReadAtLeast(data.AsSpan(filled), data.Length - filled, throwOnEndOfStream: false);
            if (filled < data.Length) return null;
            if (filled == length) return data;
            Array.Resize(ref data, (int)Math.Min(length, 2L * data.Length));
        }
    }

    private static bool IsIntact(byte[] header, string stated, byte[] data)
    {
        var at = header.AsSpan().IndexOf(Encoding.UTF8.GetBytes(stated));
        if (stated.Length != ModelFileFormat.NoChecksum.Length || at < 0) return false;
        var blank = (byte[])header.Clone();
        blank.AsSpan(at, stated.Length).Fill((byte)'0');
        return ModelFileFormat.Checksum(blank, data) == stated;
    }

    private static ModelFileReading Assemble(
        byte[] header, Dictionary<string, string> metadata, ModelSpec spec, ImmutableArray<string> features,
        byte[] data)
    {
        var numbers = new double[data.Length / 8];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(data.AsSpan(8 * i));
            if (!double.IsFinite(numbers[i])) return Refuse("a number in it is not finite");
        }

        var (d, inputs) = (spec.ParameterCount, spec.Inputs);
        var scale = numbers[(2 * d + inputs)..(2 * (d + inputs))];
        if (!scale.All(s => s > 0)) return Refuse("a feature's scale is not above 0");
        var model = new ModelFile
        {
            Spec = spec,
            Theta = [.. numbers[..d]],
            InnerRates = [.. numbers[d..(2 * d)]],
            Control = [.. numbers[(2 * (d + inputs))..]],
            FeatureNames = features,
            Scaling = new FeatureScaling(numbers[(2 * d)..(2 * d + inputs)], scale),
            StudyHash = metadata.GetValueOrDefault("study", ""),
            Provenance = metadata
                .Where(entry => entry.Key.StartsWith(ModelFileFormat.ProvenancePrefix, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(
                    entry => entry.Key[ModelFileFormat.ProvenancePrefix.Length..], entry => entry.Value,
                    StringComparer.Ordinal),
        };
        if (model.Problems() is [var problem, ..]) return Refuse(problem);
        return header.AsSpan().SequenceEqual(ModelFileWriter.Header(model, data))
            ? new ModelFileReading(model, null)
            : Refuse("its header is not written as this format writes it");
    }

    private static Dictionary<string, string>? Metadata(byte[] header, out bool hasControl)
    {
        hasControl = false;
        try
        {
            using var document = JsonDocument.Parse(header, ModelFileFormat.Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            if (!document.RootElement.TryGetProperty("__metadata__", out var metadata)) return null;
            if (metadata.ValueKind != JsonValueKind.Object) return null;
            hasControl = document.RootElement.TryGetProperty(ModelFileFormat.Control, out _);
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in metadata.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.String) return null;
                texts.Add(entry.Name, entry.Value.GetString()!);
            }

            return texts;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or text that is no UTF-8: an expected outcome with bytes from a stranger
        }
    }

    private static ImmutableArray<string>? Features(string json, ModelSpec spec)
    {
        try
        {
            var names = JsonSerializer.Deserialize(json, ModelFileJson.Default.StringArray);
            if (names is null || names.Length != spec.Inputs || names.Any(n => n is null)) return null;
            return [.. names];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ModelFileReading Refuse(string why) => new(null, "this is no model file: " + why);
}
