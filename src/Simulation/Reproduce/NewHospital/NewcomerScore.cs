using FedMeta.Simulation.Reproduce.Heart;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>One way at one hospital that was left out, with k labelled patients of one draw.</summary>
internal readonly record struct NewcomerScore(string Way, string Hospital, int? Patients, int Draw, SiteScore Score);
