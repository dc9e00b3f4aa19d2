namespace FedMeta.SecureAgg.Tests;

/// <summary>Says which half of which attack's pair a test is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AttackAttribute(AttackRow row, Outcome outcome) : Attribute
{
    public AttackRow Row { get; } = row;

    public Outcome Outcome { get; } = outcome;
}
