namespace FedMeta.SecureAgg;

/// <summary>The numbers of a sparse graph of clients: who shares secrets and masks with how many others. A study's come
/// from <see cref="GraphParameterFinder.ForStudy"/>.</summary>
/// <param name="Neighbours">k: neighbours of every client, even, less than the roster.</param>
/// <param name="Threshold">Shares that open a secret, 2 to k; a client's secrets are shared with its neighbours
/// only.</param>
public sealed record SparseGraph(int Neighbours, int Threshold);
