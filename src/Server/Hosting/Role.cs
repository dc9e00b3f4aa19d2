namespace FedMeta.Server.Hosting;

/// <summary>Who a caller is, as far as the coordinator has checked on this call.</summary>
internal enum Role
{
    /// <summary>Anyone who reaches the port.</summary>
    Anyone,

    /// <summary>A hospital whose certificate is of the consortium, whose key is the enrolled one, and which is active
    /// now.</summary>
    Client,

    /// <summary>The holder of the operator key that `server init` made.</summary>
    Operator,
}
