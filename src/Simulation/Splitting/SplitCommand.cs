using System.CommandLine;

namespace FedMeta.Simulation.Splitting;

/// <summary><c>fedmeta-sim split</c>: one file with a site column becomes one file per hospital.</summary>
internal static class SplitCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "CSV with a header line" };
        var by = new Option<string>("--by") { Description = "the column that names the hospital", Required = true };
        var folder =
            new Option<string>("--out") { Description = "folder for one CSV file per hospital", Required = true };
        var names = HospitalNames.Option();
        var command = new Command("split",
            "Make one CSV file per hospital out of one file.\n\nExample: fedmeta-sim split all.csv --by center "
            + "--name 0=cleveland --out data")
        {
            file, by, folder, names,
        };
        command.SetAction(parsed =>
        {
            var written = HospitalSplit.Write(
                parsed.GetValue(file)!, parsed.GetValue(by)!, HospitalNames.Read(parsed.GetValue(names)),
                    parsed.GetValue(folder)!);
            foreach (var (target, patients) in written) Console.WriteLine($"{target}  {patients} patients");
            return 0;
        });
        return command;
    }
}
