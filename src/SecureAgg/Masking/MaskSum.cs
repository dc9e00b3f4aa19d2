namespace FedMeta.SecureAgg;

/// <summary>Several masks to be applied to one vector, stretch by stretch: a stretch stays in the fast cache while all
/// masks pass over it.</summary>
internal sealed class MaskSum(int ringBits) : IDisposable
{
    private const int Stretch = 4096;
    private readonly List<(MaskStream Stream, MaskSign Sign)> _masks = [];

    public void Add(ReadOnlySpan<byte> key, MaskSign sign) => _masks.Add((MaskStream.Create(key, ringBits), sign));

    public void ApplyTo(Span<uint> vector)
    {
        for (var first = 0; first < vector.Length; first += Stretch)
        {
            var piece = vector[first..Math.Min(first + Stretch, vector.Length)];
            foreach (var (stream, sign) in _masks) stream.Apply(piece, first, sign);
        }
    }

    public void Dispose()
    {
        foreach (var (stream, _) in _masks) stream.Dispose();
    }
}
