namespace FedMeta.Client.Ledger;

/// <summary>Somebody at this hospital decided to go on after a violation: the next checkpoint is the first again, and
/// spends up to here are not looked for any more.</summary>
/// <param name="Reason">As given.</param>
/// <param name="By">Who decided, as the policy's list of approvers names them; empty where it names none.</param>
internal sealed record LedgerTrusted(string Reason, string By);
