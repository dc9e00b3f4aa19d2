namespace FedMeta.Simulation.Demo;

/// <summary>What the command line asked for.</summary>
/// <param name="Folder">Where everything is left.</param>
/// <param name="Data">A folder with one CSV file per hospital, or one file of all; null: invented.</param>
/// <param name="Study">A study draft; null: samples/heart.toml, or samples/heart-four.toml for four hospitals.</param>
/// <param name="Seed">Of the synthetic patients and of the study's task partition.</param>
/// <param name="Sample">A study of the samples folder, with the data that are invented for it; null: none.</param>
/// <param name="By">Where <paramref name="Data"/> is one file: the column that names the hospital.</param>
internal sealed record DemoOptions(
    string Folder, string? Data, string? Study, int Seed, string? Sample = null, string? By = null);
