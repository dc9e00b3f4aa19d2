using FedMeta.Client.Commands;

namespace FedMeta.Client;

internal static class Program
{
    private static Task<int> Main(string[] args) => ClientCommands.RunAsync(args, CommandContext.OfTheProcess);
}
