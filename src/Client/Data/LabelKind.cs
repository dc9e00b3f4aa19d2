namespace FedMeta.Client.Data;

/// <summary>What a study's label column may hold.</summary>
internal enum LabelKind
{
    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>A whole number from 0 up to one less than the number of classes.</summary>
    ClassIndex,

    /// <summary>A number of at most <see cref="CellReader.LargestLabel"/> in size (regression).</summary>
    Real,
}
