using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>One hospital of the file, not yet scaled.</summary>
/// <param name="Name">What the column "center" says.</param>
/// <param name="Features">The columns of the features, in order.</param>
/// <param name="Patients">Features and 0/1 labels, in the order of the file.</param>
/// <param name="TrainRows">Rows of the published split's training fold.</param>
/// <param name="TestRows">Rows of its test fold.</param>
internal sealed record HeartHospital(
    string Name, string[] Features, Batch<double> Patients, int[] TrainRows, int[] TestRows);
