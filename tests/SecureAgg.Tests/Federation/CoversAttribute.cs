namespace FedMeta.SecureAgg.Tests;

/// <summary>Says which entry of a closed list a test provokes, so that a list with an untested entry fails.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class CoversAttribute(object entry) : Attribute
{
    public object Entry { get; } = entry;

    public static IEnumerable<T> EntriesOf<T>()
        where T : struct, Enum =>
        typeof(CoversAttribute).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes(typeof(CoversAttribute), false))
            .Select(each => ((CoversAttribute)each).Entry)
            .OfType<T>();
}
