using System.Collections;
using System.Reflection;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Finds objects of this library that a state holds on to, at any depth.</summary>
internal static class Secrets
{
    public static IReadOnlyList<T> Reachable<T>(object root)
        where T : class
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var found = new List<T>();
        Visit(root);
        return found;

        void Visit(object? value)
        {
            if (value is null or string || value.GetType().IsPrimitive || !seen.Add(value)) return;
            if (value is T match) found.Add(match);
            if (value is IEnumerable items and not Array)
            {
                foreach (var item in items) Visit(item);
            }

            for (var type = value.GetType(); Ours(type); type = type.BaseType!)
            {
                const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                foreach (var field in type.GetFields(all | BindingFlags.DeclaredOnly)) Visit(field.GetValue(value));
            }
        }
    }

    /// <summary>All secrets below <paramref name="root"/>; there must be some.</summary>
    public static IReadOnlyList<SecretBuffer> In(object root)
    {
        var secrets = Reachable<SecretBuffer>(root);
        Assert.NotEmpty(secrets);
        return secrets;
    }

    private static bool Ours(Type? type) =>
        type?.Namespace == "FedMeta.SecureAgg"
        || type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
}
