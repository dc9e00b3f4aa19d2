namespace FedMeta.Client.Ledger;

/// <summary>
/// The Renyi order at which this hospital's budget over all studies is kept from here on, and with it everything that
/// was charged before. On disk before the first attempt of a study that samples its patients, whose cost is another one
/// at each order. It never changes again: a policy that is changed later changes the limit at this order.
/// </summary>
/// <param name="Order">The order a as (a - 1) 2^20, decimal digits.</param>
/// <param name="Epsilon">Of the policy of that moment, which this order serves best.</param>
/// <param name="Delta">Of the same policy.</param>
internal sealed record BooksOpened(string Order, double Epsilon, double Delta);
