using System.Text.RegularExpressions;
using FedMeta.Tests.Support;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 13: what goes over the wire beside the masked vector. Two rounds are played with the same random
/// numbers and other inputs; whatever differs tells of the inputs.</summary>
public partial class SideDataTests
{
    private const string Victim = "site-002";

    /// <summary>Every field that a client sends in a round, and why it tells nothing of its data: keys, commitments,
    /// nonces and signatures are random; identifiers, lists and ciphertexts of shares are the protocol's; the spend is
    /// computed from the public plan; the chunk is a piece of the masked vector, the content's hash is one of what the
    /// chunks hold; a withdrawal names a refusal.</summary>
    private static readonly Dictionary<string, string[]> SentByClients = new()
    {
        ["AwaitRequest"] = ["after"],
        ["AdvertiseKeys"] = ["share_key", "mask_key", "seed_commitment", "nonce", "signature"],
        ["EncryptedShare"] = ["from", "to", "ciphertext"],
        ["ShareKeys"] = ["shares"],
        ["MaskedInputPart"] = ["header", "chunk"],
        ["MaskedInputHeader"] = ["round", "spend", "spend_signature", "content_hash"],
        ["ConsistencySignature"] = ["signature"],
        ["UnmaskShare"] = ["client_id", "self_mask", "share"],
        ["UnmaskShares"] = ["shares"],
        ["Withdraw"] = ["reason", "detail"],
        ["PhaseMessage"] = ["round", "advertise_keys", "share_keys", "consistency", "unmask", "withdraw"],
        ["ModelRequest"] = ["model_hash"],
        ["RoundId"] = ["study_hash", "round", "attempt"],
    };

    [Fact, Attack(AttackRow.SideDataInClear, Outcome.SucceedsWeakened)]
    public void A_weight_that_is_said_beside_the_upload_is_read()
    {
        var cohort = new Cohort(Consortium.Round(6, 4), Weakness.ClearSideData);
        new MaliciousServer(cohort).Collect();

        Assert.All(cohort.Clients.Values, client =>
            Assert.Equal($"weight={cohort.Inputs[client.Id][0]}", ((WeakClient)client).Beside));
    }

    [Theory, Attack(AttackRow.SideDataInClear, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_send_the_same_bytes_whatever_the_input_but_for_the_masked_vector(bool product)
    {
        var (first, second) = (Play(product, _ => { }), Play(product, input => input.AsSpan().Reverse()));

        Assert.Equal(first.Wire, second.Wire);
        Assert.Equal(
            PlainVector.Difference(first.Context, first.Input, second.Input),
            PlainVector.Difference(first.Context, first.Upload, second.Upload));
        Assert.NotEqual(first.Input, second.Input);
        if (!product) Assert.All(first.Actors, actor => Assert.Null(((WeakClient)actor).Beside));
    }

    [Fact]
    public void The_wire_has_no_field_that_could_say_more()
    {
        var contract = File.ReadAllText(CheckoutFolder.At("protos/fedmeta/v1/rounds.proto"));
        var messages = Message().Matches(contract).ToDictionary(
            message => message.Groups[1].Value,
            message => Field().Matches(message.Groups[2].Value).Select(field => field.Groups[1].Value).ToArray());
        var sent = Rpc().Matches(contract).Select(rpc => rpc.Groups[1].Value).ToHashSet();
        for (var before = 0; before < sent.Count;)
        {
            before = sent.Count;
            foreach (var name in sent.ToList())
            {
                var text = Message().Matches(contract).Single(message => message.Groups[1].Value == name).Value;
                sent.UnionWith(messages.Keys.Where(other => Regex.IsMatch(text, $@"\b{other}\s+[a-z_]+ =")));
            }
        }

        Assert.Equal(SentByClients.Keys.Order(), sent.Order());
        Assert.All(sent, name => Assert.Equal(SentByClients[name], messages[name]));
    }

    private static (string Wire, uint[] Input, uint[] Upload, RoundContext Context, List<ClientActor> Actors) Play(
        bool product, Action<uint[]> change)
    {
        var cohort = new Cohort(Consortium.Round(6, 4), Cohort.Whole(product));
        change(cohort.Inputs[Victim]);
        var wire = new List<string>();
        var seen = new HashSet<Type>();
        var server = new MaliciousServer(cohort)
        {
            Lies = (id, message) =>
            {
                seen.Add(message.GetType());
                wire.Add($"{id}: {(message is MaskedInputMessage ? "masked" : WireText.Of(message))}");
                if (message is not MaskedInputMessage masked) return message;
                foreach (var chunk in masked.Chunks(0, 7))
                {
                    seen.Add(chunk.GetType());
                    wire.Add(WireText.Of(chunk with { Bytes = new byte[chunk.Bytes.Length] }));
                }

                return message;
            },
        }.Collect();
        server.Tell(_ => server.Without());
        server.Tell(_ => server.Proof(server.Without()));
        Assert.Equal(
            typeof(ClientMessage).Assembly.GetTypes().Where(type => type.BaseType == typeof(ClientMessage)).ToHashSet(),
            seen);
        return (
            string.Join('\n', wire),
            cohort.Inputs[Victim],
            server.Known.Uploaded(Victim),
            cohort.Context,
            [.. cohort.Clients.Values]);
    }

    [GeneratedRegex(@"^message (\w+) \{(.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex(@"^\s+(?:repeated )?\w+ (\w+) = \d+;", RegexOptions.Multiline)]
    private static partial Regex Field();

    [GeneratedRegex(@"rpc \w+\((?:stream )?(\w+)\)")]
    private static partial Regex Rpc();
}
