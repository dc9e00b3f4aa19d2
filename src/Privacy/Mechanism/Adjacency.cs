namespace FedMeta.Privacy;

/// <summary>Which two data sets count as neighbours.</summary>
public enum Adjacency
{
    /// <summary>
    /// The unit's data are replaced by nothing and all else, the member list and every public constant included, stays
    /// ("zero-out"). The relation of every budget: add/remove has no meaning where the server knows the members.
    /// </summary>
    ZeroOut,

    /// <summary>
    /// The unit's data are replaced by another unit's ("replace-one"). A report states it beside zero-out; no budget
    /// counts it.
    /// </summary>
    ReplaceOne,
}
