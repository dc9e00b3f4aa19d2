using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Simulation.Auditing;
using FedMeta.Simulation.Bench;
using FedMeta.Simulation.Check;
using FedMeta.Simulation.Comparing;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Reproduce;
using FedMeta.Simulation.Robust;
using FedMeta.Simulation.Splitting;
using FedMeta.Simulation.Synthetic;

var root = new RootCommand(
    "A whole federation on one machine, and the checks against reference values.\n\nExample: fedmeta-sim demo --out "
    + "demo")
{
    DemoCommand.Create(TimeProvider.System),
    HospitalsCommand.Create(),
    TasksCommand.Create(),
    SplitCommand.Create(),
    CompareCommand.Create(),
    CheckCommand.Create(),
    BenchCommand.Create(TimeProvider.System),
    RobustCommand.Create(TimeProvider.System),
    AuditRunCommand.Create(TimeProvider.System),
    ReproduceCommand.Create(TimeProvider.System),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    new ErrorReport(ExitCode.Usage, string.Join("; ", parsed.Errors.Select(e => e.Message)), "see --help")
        .WriteText(Console.Error);
    return (int)ExitCode.Usage;
}

try
{
    // After Ctrl-C the demo's processes are ended before this one is.
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(15),
    });
}
catch (OperationCanceledException)
{
    return 130; // as shells report Ctrl-C; nothing is left running
}
catch (Exception e)
{
    var report = ErrorReport.From(e);
    if (args.Contains("--json")) report.WriteJson(Console.Error);
    else report.WriteText(Console.Error);
    return (int)report.Code;
}
