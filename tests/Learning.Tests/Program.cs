namespace FedMeta.Learning.Tests;

/// <summary>The test assembly as a program: prints the hash of the engine's results. Tests start it under switches of
/// the runtime that a running process cannot change.</summary>
internal static class Program
{
    private static void Main(string[] arguments) =>
        Console.WriteLine(EngineBits.Hash(threads: int.Parse(arguments[0])));
}
