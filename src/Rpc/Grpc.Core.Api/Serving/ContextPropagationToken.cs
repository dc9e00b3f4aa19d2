namespace Grpc.Core;

/// <summary>Links a call to the one on whose behalf it is made. Only a server's implementation makes one.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
