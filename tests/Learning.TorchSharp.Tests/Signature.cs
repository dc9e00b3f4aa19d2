using System.Globalization;
using System.Reflection;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>A member as text, so that members of two assemblies with equal names can be compared.</summary>
internal sealed record Signature(string Type, string Name, string Text)
{
    public override string ToString() => $"{Type}.{Name}{Text}";
}

/// <summary>The public members of an assembly.</summary>
internal static class Signatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static IEnumerable<Signature> Of(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsVisible).SelectMany(Members);

    /// <summary>Of the types with these names; an assembly can have others that need what is not there.</summary>
    public static IEnumerable<Signature> Of(Assembly assembly, IEnumerable<string> types) =>
        types.Select(name => assembly.GetType(name)).OfType<Type>().SelectMany(Members);

    private static IEnumerable<Signature> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
                yield return new(type.FullName!, field.Name, string.Create(CultureInfo.InvariantCulture,
                    $" = {field.GetRawConstantValue()} : {type.GetEnumUnderlyingType()}"));
            yield break;
        }

        foreach (var method in type.GetMethods(Declared).Where(each => !each.IsGenericMethod))
            yield return new(type.FullName!, method.Name, $"{Parameters(method)} : {method.ReturnType}"
                + (method.IsStatic ? " static" : ""));
        foreach (var constructor in type.GetConstructors(Declared))
            yield return new(type.FullName!, constructor.Name, Parameters(constructor));
    }

    private static string Parameters(MethodBase method) => "(" + string.Join(", ", method.GetParameters().Select(each =>
        $"{(each.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{each.ParameterType} {each.Name}"
        + (each.HasDefaultValue ? $" = {each.RawDefaultValue ?? "null"}" : ""))) + ")";
}
