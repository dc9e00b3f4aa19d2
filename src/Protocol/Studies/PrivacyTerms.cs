namespace FedMeta.Protocol;

/// <summary>The privacy budget.</summary>
/// <param name="Unit">patient, task or site: whom it protects.</param>
/// <param name="Epsilon">Of the whole study.</param>
/// <param name="Delta">Of the whole study.</param>
/// <param name="Clip">Largest L2 norm of a unit's contribution.</param>
/// <param name="Colluders">Hospitals that may give the server their own noise.</param>
public sealed record PrivacyTerms(string Unit, double Epsilon, double Delta, double Clip, int Colluders);
