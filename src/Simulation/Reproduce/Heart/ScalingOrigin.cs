namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>Whose training patients give mean and standard deviation.</summary>
internal enum ScalingOrigin
{
    /// <summary>Each hospital's own, as FLamby scales: what sets hospitals apart is lost to the model.</summary>
    Hospital,

    /// <summary>Those of all hospitals together, as a federation gets from a private sum.</summary>
    Federation,
}
