namespace FedMeta.Simulation.Demo;

/// <summary>What the command line asked for.</summary>
/// <param name="Folder">Where everything is left.</param>
/// <param name="Data">A folder with one CSV file per hospital; null: synthetic hospitals.</param>
/// <param name="Study">A study draft; null: samples/heart.toml, or samples/heart-four.toml for four hospitals.</param>
/// <param name="Seed">Of the synthetic patients and of the study's task partition.</param>
internal sealed record DemoOptions(string Folder, string? Data, string? Study, int Seed);
