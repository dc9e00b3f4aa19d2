using FedMeta.Client.Studies;

namespace FedMeta.Client.Models;

/// <summary>A study with a meta-model of it that was checked.</summary>
/// <param name="Study">What the document says; this hospital need not be a member.</param>
/// <param name="Model">The meta-model.</param>
/// <param name="Hash">SHA-256 of its file.</param>
internal sealed record FetchedModel(VerifiedStudy Study, StudyModel Model, string Hash);
