using FedMeta.Server.Commands;

return await CommandLine.RunAsync(args, Console.In, Console.Out, Console.Error, TimeProvider.System)
    .ConfigureAwait(false);
