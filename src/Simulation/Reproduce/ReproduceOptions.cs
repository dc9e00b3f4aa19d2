using System.CommandLine;

namespace FedMeta.Simulation.Reproduce;

/// <summary>The options that every reproduction has.</summary>
internal static class ReproduceOptions
{
    /// <summary>How many seeds, from 1 on.</summary>
    public static Option<int> Seeds(int usual)
    {
        var option = new Option<int>("--seeds")
        {
            Description = "how many seeds; the runs have the seeds 1, 2, 3, ...",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000) result.AddError("--seeds must be 1 .. 1000");
        });
        return option;
    }

    /// <summary>Where the tables go.</summary>
    public static Option<string> Folder() => new("--out")
    {
        Description = "folder for the tables; files of the same name there are replaced",
        DefaultValueFactory = _ => "reproduced",
    };

    /// <summary>The data.</summary>
    public static Argument<string> File(string what) => new("FILE") { Description = what };
}
