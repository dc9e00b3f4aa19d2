using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Tests.Harness;

/// <summary>Keeps every log line; a test fails on an error that it did not expect.</summary>
internal sealed class ErrorLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public IEnumerable<string> Errors => Lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Lines.Enqueue((logLevel,
            $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}
