using System.Buffers.Binary;
using System.Security.Cryptography;
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
        var data = Bytes([.. model.Theta, .. model.InnerRates, .. model.Scaling.Centre, .. model.Scaling.Scale]);
        var header = Header(model, data);
        if (header.Length > ModelFileFormat.MaxHeaderBytes)
            throw new ArgumentException("the names and provenance are too long for a model file");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        stream.Write(data);
    }

    /// <summary>The one header of <paramref name="model"/>, whose tensors are <paramref name="data"/>.</summary>
    internal static byte[] Header(ModelFile model, byte[] data)
    {
        (string Name, int Length)[] tensors =
        [
            ("theta", model.Theta.Length), ("inner_rates", model.InnerRates.Length),
            ("feature_centre", model.Scaling.Centre.Length), ("feature_scale", model.Scaling.Scale.Length),
        ];
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", ModelFileFormat.Name);
            json.WriteString("model", model.Spec.Text);
            json.WriteString("fingerprint", model.Spec.Fingerprint);
            string[] features = [.. model.FeatureNames];
            json.WriteString("features", JsonSerializer.Serialize(features, ModelFileJson.Default.StringArray));
            json.WriteString("study", model.StudyHash);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(data)));
            foreach (var (key, value) in model.Provenance.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                json.WriteString(ModelFileFormat.ProvenancePrefix + key, value);
            json.WriteEndObject();
            var start = 0;
            foreach (var (name, length) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F64");
                json.WriteStartArray("shape");
                json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(start);
                start = checked(start + 8 * length);
                json.WriteNumberValue(start);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static byte[] Bytes(double[] numbers)
    {
        var data = new byte[checked(8 * numbers.Length)];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8 * i), numbers[i]);
        return data;
    }
}
