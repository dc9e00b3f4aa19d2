using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Protocol.Tests;

/// <summary>Runs properties from a fixed start, so that a failure is found again.</summary>
internal static class Properties
{
    public static Gen<byte[]> Bytes(int max) =>
        from length in Gen.Choose(0, max)
        from bytes in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(length)
        select bytes;

    /// <summary>Any text, unpaired surrogates and control characters included.</summary>
    public static Gen<string> Text(int max) =>
        from length in Gen.Choose(0, max)
        from text in Gen.OneOf(Gen.Choose(0x20, 0x7E), Gen.Choose(0, 0x1F), Gen.Choose(0x80, 0xFFFF))
            .Select(c => (char)c).ArrayOf(length)
        select new string(text);

    /// <summary>A copy of <paramref name="original"/> with one byte changed, removed, doubled or put in.</summary>
    public static Gen<byte[]> Mutation(byte[] original) =>
        from at in Gen.Choose(0, original.Length - 1)
        from value in Gen.Choose(0, 255)
        from kind in Gen.Choose(0, 3)
        select kind switch
        {
            0 => [.. original[..at], (byte)value, .. original[(at + 1)..]],
            1 => [.. original[..at], .. original[(at + 1)..]],
            2 => [.. original[..(at + 1)], original[at], .. original[(at + 1)..]],
            _ => (byte[])[.. original[..at], (byte)value, .. original[at..]],
        };

    public static void Holds<T>(Gen<T> values, Func<T, bool> property, int count = 300) =>
        Prop.ForAll(values.ToArbitrary(), property)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20300102, 7));
}
