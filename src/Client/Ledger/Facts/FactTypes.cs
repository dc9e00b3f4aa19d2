namespace FedMeta.Client.Ledger;

/// <summary>The record types of a hospital's journal.</summary>
internal static class FactTypes
{
    public const string Joined = "client.joined";
    public const string Decided = "study.decided";
    public const string Opened = "budget.opened";
    public const string Reserve = "budget.reserve";
    public const string Spend = "budget.spend";
    public const string Abort = "budget.abort";
    public const string Grant = "ledger.grant";
    public const string Release = "ledger.release";
    public const string Close = "ledger.close";
    public const string Refused = "round.refused";
    public const string Receipt = "receipt.kept";
    public const string Ended = "round.ended";
    public const string Sent = "sent";
    public const string Adopted = "model.adopted";
    public const string StateLost = "state.lost";
    public const string CoSigned = "ledger.cosigned";
    public const string Violated = "ledger.violated";
    public const string Trusted = "ledger.trusted";
}
