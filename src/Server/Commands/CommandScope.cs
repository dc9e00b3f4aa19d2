using System.CommandLine;
using FedMeta.Server.Hosting;

namespace FedMeta.Server.Commands;

/// <summary>What every command is given: the home, where to write, and whether a program reads it.</summary>
internal sealed record CommandScope(ParseResult Parsed, ServerHome Home, bool Json, TextReader In, TextWriter Out,
    TextWriter Error,
    TimeProvider Time)
{
    /// <summary>An argument's value.</summary>
    public T Get<T>(Argument<T> argument) => Parsed.GetRequiredValue(argument);

    /// <summary>An option's value, or its default.</summary>
    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);
}
