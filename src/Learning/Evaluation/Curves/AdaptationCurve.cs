namespace FedMeta.Learning;

/// <summary>How one way does with more and more labelled patients.</summary>
/// <param name="Way">Its name.</param>
/// <param name="Points">By rising number of patients; the last one has all of them.</param>
public sealed record AdaptationCurve(string Way, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>A loss this much above another is taken for as good.</summary>
    public const double AsGood = 0.01;

    /// <summary>
    /// The fewest patients from which on every point's mean loss is at most <see cref="AsGood"/> above that with all
    /// patients: how many a hospital needs to label. Null where the curve has no such point before the last.
    /// </summary>
    public int? PatientsNeeded
    {
        get
        {
            int? needed = null;
            for (var i = Points.Count - 2; i >= 0 && Points[i].Loss.Mean <= Points[^1].Loss.Mean + AsGood; i--)
                needed = Points[i].Patients;
            return needed;
        }
    }
}
