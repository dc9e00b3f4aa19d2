namespace FedMeta.Learning;

/// <summary>One way to make a model of a few labelled patients.</summary>
/// <param name="Name">In words, as the curve's legend has it.</param>
/// <param name="Unadapted">The parameters without any patient; null where the way needs patients.</param>
/// <param name="Adapt">The parameters from one patient or more; must depend on them alone, so that a curve can be
/// drawn again; called from several threads.</param>
public sealed record AdaptationWay(string Name, double[]? Unadapted, Func<Batch<double>, double[]> Adapt);
