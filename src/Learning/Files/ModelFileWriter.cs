using System.Buffers.Binary;
using System.Text.Json;

namespace FedMeta.Learning;

/// <summary>Writes a <see cref="ModelFile"/>; equal models give equal bytes.</summary>
public static class ModelFileWriter
{
    /// <summary>Writes <paramref name="model"/> to <paramref name="stream"/>.</summary>
    /// <exception cref="ArgumentException">The parts are not one model (<see cref="ModelFile.Problems"/>), or a text
    /// is too long for the format.</exception>
    public static void Write(ModelFile model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        var problems = model.Problems();
        if (problems.Count > 0) throw new ArgumentException(string.Join("; ", problems));
        if (model.Provenance.Count > ModelFileFormat.MaxProvenanceEntries)
            throw new ArgumentException(
                $"a model file holds {ModelFileFormat.MaxProvenanceEntries} provenance entries at most");
        var data = Bytes(
            [.. model.Theta, .. model.InnerRates, .. model.Scaling.Centre, .. model.Scaling.Scale, .. model.Control]);
        var header = Header(model, data);
        if (header.Length > ModelFileFormat.MaxHeaderBytes)
            throw new ArgumentException("the names and provenance are too long for a model file");
        stream.Write(ModelFileFormat.Prefix(header));
        stream.Write(header);
        stream.Write(data);
    }

    /// <summary>The one header of <paramref name="model"/>, whose tensors are <paramref name="data"/>.</summary>
    internal static byte[] Header(ModelFile model, byte[] data) =>
        Header(model, ModelFileFormat.Checksum(Header(model, ModelFileFormat.NoChecksum), data));

    private static byte[] Header(ModelFile model, string checksum)
    {
        (string Name, int Length)[] tensors =
        [
            ("theta", model.Theta.Length), ("inner_rates", model.InnerRates.Length),
            ("feature_centre", model.Scaling.Centre.Length), ("feature_scale", model.Scaling.Scale.Length),
            .. (ReadOnlySpan<(string, int)>)(
                model.Control.IsEmpty ? [] : [(ModelFileFormat.Control, model.Control.Length)]),
        ];
        var buffer = Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", ModelFileFormat.Name);
            json.WriteString("model", model.Spec.Text);
            json.WriteString("fingerprint", model.Spec.Fingerprint);
            json.WriteString("layout", Json(inner => WriteLayout(inner, model.Spec)).ToArray());
            json.WriteString("features", Json(inner => WriteNames(inner, model.FeatureNames)).ToArray());
            json.WriteString("study", model.StudyHash);
            json.WriteString("sha256", checksum);
            foreach (var (key, value) in model.Provenance.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                json.WriteString(ModelFileFormat.ProvenancePrefix + key, value);
            json.WriteEndObject();
            var start = 0;
            foreach (var (name, length) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F64");
                WriteNumbers(json, "shape", length);
                WriteNumbers(json, "data_offsets", start, start = checked(start + 8 * length));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static MemoryStream Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, ModelFileFormat.Plain);
        write(json);
        json.Flush();
        return buffer;
    }

    // [["W0",[1,13]],["b0",[1]]]: theta is these tensors one after the other, each row-major.
    private static void WriteLayout(Utf8JsonWriter json, ModelSpec spec)
    {
        json.WriteStartArray();
        foreach (var block in spec.Blocks)
        {
            json.WriteStartArray();
            json.WriteStringValue(block.Name);
            json.WriteStartArray();
            foreach (var side in block.Shape) json.WriteNumberValue(side);
            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, IEnumerable<string> names)
    {
        json.WriteStartArray();
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, params ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(key);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static byte[] Bytes(double[] numbers)
    {
        var data = new byte[checked(8 * numbers.Length)];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8 * i), numbers[i]);
        return data;
    }
}
