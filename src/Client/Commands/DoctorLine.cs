namespace FedMeta.Client.Commands;

/// <summary>One check of <c>doctor --json</c>.</summary>
internal sealed record DoctorLine(string Check, bool Ok, int Code, string What, string Fix);
