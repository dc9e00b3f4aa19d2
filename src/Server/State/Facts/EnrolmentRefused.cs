namespace FedMeta.Server.State.Facts;

/// <summary>A try to use an existing invite failed; <c>Reason</c> is a word of
/// <see cref="Enrolment.EnrolmentRefusal"/>.</summary>
internal sealed record EnrolmentRefused(string Client, string Reason, bool Burnt) : Fact;
