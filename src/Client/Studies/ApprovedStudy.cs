using FedMeta.Client.Policy;

namespace FedMeta.Client.Studies;

/// <summary>A study whose newest decision is an approval, verified again, with the limits that hold now.</summary>
internal sealed record ApprovedStudy(VerifiedStudy Study, EffectiveLimits Limits);
