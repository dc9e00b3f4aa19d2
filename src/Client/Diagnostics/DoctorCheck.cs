using FedMeta.Protocol;

namespace FedMeta.Client.Diagnostics;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">What it looked at; the name of the check is its code in scripts.</param>
/// <param name="Code">What a command would exit with because of it; <see cref="ExitCode.Ok"/> where all is
/// well.</param>
/// <param name="What">What was found.</param>
/// <param name="Fix">One line that mends it; empty where there is nothing to mend.</param>
internal sealed record DoctorCheck(string Name, ExitCode Code, string What, string Fix);
