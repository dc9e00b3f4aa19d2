using System.Text.Json.Serialization;

namespace FedMeta.Client.Ledger;

/// <summary>How facts stand in the journal: source-generated, closed, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ClientJoined))]
[JsonSerializable(typeof(StudyDecided))]
[JsonSerializable(typeof(BooksOpened))]
[JsonSerializable(typeof(BudgetReserved))]
[JsonSerializable(typeof(BudgetSpent))]
[JsonSerializable(typeof(BudgetAborted))]
[JsonSerializable(typeof(EntryWritten))]
[JsonSerializable(typeof(RoundRefused))]
[JsonSerializable(typeof(ReceiptKept))]
[JsonSerializable(typeof(RoundEnded))]
[JsonSerializable(typeof(MessageSent))]
[JsonSerializable(typeof(ModelAdopted))]
[JsonSerializable(typeof(SiteStateLost))]
[JsonSerializable(typeof(LedgerCoSigned))]
[JsonSerializable(typeof(LedgerViolated))]
[JsonSerializable(typeof(LedgerTrusted))]
internal sealed partial class FactShapes : JsonSerializerContext;
