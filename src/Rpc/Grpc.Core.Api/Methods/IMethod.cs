namespace Grpc.Core;

/// <summary>The description of a remote method without the types of its messages.</summary>
public interface IMethod
{
    /// <summary>Which side streams.</summary>
    MethodType Type { get; }

    /// <summary>The service with its package, such as <c>fedmeta.v1.Rounds</c>.</summary>
    string ServiceName { get; }

    /// <summary>The method without its service.</summary>
    string Name { get; }

    /// <summary>The path of the HTTP request: <c>/service/method</c>.</summary>
    string FullName { get; }
}
