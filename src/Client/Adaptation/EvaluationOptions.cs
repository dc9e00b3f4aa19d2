namespace FedMeta.Client.Adaptation;

/// <summary>What <c>evaluate</c> may be asked for besides the table.</summary>
/// <param name="Draws">Draws of the adaptation curves; 0 leaves the curves out.</param>
/// <param name="By">A feature whose subgroups are judged by themselves; null: none.</param>
/// <param name="Beside">Another study's model to compare with; null: none.</param>
internal sealed record EvaluationOptions(int Draws = 10, string? By = null, BesideModel? Beside = null);
