using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>What a client carries through all phases: who it is and in which round.</summary>
/// <param name="Context">The round.</param>
/// <param name="ContextHash">ctx0.</param>
/// <param name="Self">The client's id.</param>
/// <param name="Identity">Its long-term key.</param>
/// <param name="Advertised">What it said in phase 0.</param>
/// <param name="Threads">How many threads it may use, from 1.</param>
internal sealed record Participant(
    RoundContext Context,
    byte[] ContextHash,
    string Self,
    ECDsa Identity,
    AdvertiseKeysMessage Advertised,
    int Threads);
