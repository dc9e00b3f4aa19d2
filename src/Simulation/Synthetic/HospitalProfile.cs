namespace FedMeta.Simulation.Synthetic;

/// <summary>How one synthetic hospital differs from the others.</summary>
internal sealed record HospitalProfile(string Name, int Patients)
{
    /// <summary>The site's own intercept in the common logistic model: what makes prevalence differ.</summary>
    public double Intercept { get; init; }

    /// <summary>Mean age in years; a site that sees older patients.</summary>
    public double MeanAge { get; init; } = 54;

    public double MaleShare { get; init; } = 0.68;

    /// <summary>Added to cholesterol (mg/dl): another laboratory, another diet.</summary>
    public double CholesterolShift { get; init; }

    /// <summary>Added to resting blood pressure (mm Hg): another cuff, another protocol.</summary>
    public double PressureShift { get; init; }

    /// <summary>Probability that a cell of <c>chol</c> is empty; 1: the site never measures it.</summary>
    public double CholesterolMissing { get; init; } = 0.01;

    /// <summary>
    /// Probability that a cell of <c>fbs</c>, <c>thalach</c>, <c>exang</c> or <c>oldpeak</c> is empty.
    /// </summary>
    public double ExerciseMissing { get; init; } = 0.01;
}
