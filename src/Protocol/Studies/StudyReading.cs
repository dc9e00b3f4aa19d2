using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>What reading a text gave: a value, or everything that is wrong with it.</summary>
/// <param name="Value">Null where there are problems.</param>
/// <param name="Problems">All of them at a time, in the order of the lines.</param>
public sealed record StudyReading<T>(T? Value, IReadOnlyList<DocumentProblem> Problems)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;

    /// <summary>The value; all problems as one error where there is none.</summary>
    /// <param name="name">The file, for the message.</param>
    /// <exception cref="FedMetaException"><see cref="ExitCode.StudyDocument"/>.</exception>
    public T OrThrow(string name)
    {
        ConfigurationFile.ThrowIfAny(name, Problems, ExitCode.StudyDocument);
        return Value!;
    }
}
