namespace FedMeta.SecureAgg.Tests;

/// <summary>What is taken out of the protocol, or done worse, so that an attack can be seen to need it.</summary>
[Flags]
internal enum Weakness
{
    /// <summary>Nothing: a stand-in that must behave as the product's own client.</summary>
    None = 0,

    /// <summary>A client opens shares for whatever list it is shown, without the signatures of others.</summary>
    NoConsistencyRound = 1,

    /// <summary>A client does not mind a peer that stands among the survivors and among the dropped.</summary>
    OpensBothKinds = 2,

    /// <summary>A client does not verify who signed the keys of a roster.</summary>
    NoIdentitySignatures = 4,

    /// <summary>A client masks every input that it is asked for with the keys of its first.</summary>
    ReusesMasks = 8,

    /// <summary>The hash of the model stands neither under the signatures nor in the keys.</summary>
    NoModelHash = 16,

    /// <summary>Keys of masks are folded to <see cref="FoldedKey.Bits"/> bits before the generator.</summary>
    WeakGenerator = 32,

    /// <summary>Inputs are masked with the peers' masks alone.</summary>
    NoSelfMask = 64,

    /// <summary>A client leaves the round when a peer's shares do not decrypt.</summary>
    AbortsOnBadCiphertext = 128,

    /// <summary>The client says beside the masked input what it is about.</summary>
    ClearSideData = 256,

    /// <summary>A client takes part in a cohort of any size.</summary>
    AnyCohort = 512,

    /// <summary>The server takes the first shares that it gets and does not prove what they give.</summary>
    UnverifiedSecrets = 1024,
}
