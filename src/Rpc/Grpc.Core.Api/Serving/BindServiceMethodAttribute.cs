using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>On a generated service base: which method hands the service's methods to a server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class BindServiceMethodAttribute : Attribute
{
    private const DynamicallyAccessedMemberTypes Kept =
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    /// <summary>Names the method.</summary>
    /// <param name="bindType">The type that has the method.</param>
    /// <param name="bindMethodName">The name; the method takes a <see cref="ServiceBinderBase"/> and a service.</param>
    public BindServiceMethodAttribute([DynamicallyAccessedMembers(Kept)] Type bindType, string bindMethodName)
    {
        BindType = bindType;
        BindMethodName = bindMethodName;
    }

    /// <summary>The type that has the method.</summary>
    [DynamicallyAccessedMembers(Kept)] // a trimmed server finds the method by reflection
    public Type BindType { get; }

    /// <summary>The name of the method.</summary>
    public string BindMethodName { get; }
}
