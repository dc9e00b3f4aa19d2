using FedMeta.Simulation.Check.Meta;
using FedMeta.Simulation.Check.Privacy;
using FedMeta.Simulation.Check.Vectors;

namespace FedMeta.Simulation.Check;

/// <summary>Every format that is known here. The first that recognises a file has it.</summary>
internal static class OracleFormats
{
    public static IReadOnlyList<OracleFormat> All { get; } =
    [
        new X25519File(), new AesGcmFile(), new HkdfFile(), new EcdsaFile(),
        new ZcdpConversionFile(), new DistributedComponentsFile(), new DistributedEpsilonFile(), new ExactNoiseFile(),
        new NoiseSharesFile(), new PipelineFile(), new SamplerFile(),
        new GaussianEpsilonFile(), new GaussianDeltaFile(), new CalibrationFile(), new SubsampledFile(),
        new RdpOrdersFile(), new RdpConversionFile(), new HeterogeneousFile(), new NeighbouringRelationFile(),
        new MerkleFile(),
        new DiscreteMechanismsFile(),
        new AdaptiveClippingFile(), new MatrixFactorizationFile(), new NoiseToSignalFile(),
        new OneRunAuditFile(),
        new CoxFile(), new MetricsFile(),
        new ModelFixtureFile(), new ServerOptimizersFile(), new TrajectoryFile(), new FederatedRoundsFile(),
    ];
}
