using System.Security.Cryptography;

namespace FedMeta.Protocol.Tests;

public class InviteTests
{
    private static readonly DateTimeOffset Expires = new(2030, 1, 9, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("fl.example.org:8443", "Seoul General")]
    [InlineData("[::1]:8443", "서울대병원 / 100 %")]
    [InlineData("127.0.0.1", "a")]
    public void An_invite_comes_back_from_its_line(string server, string name)
    {
        using var invite = Make(server, name);
        using var again = Invite.Parse($"  {invite.Reveal()}\n");
        Assert.Equal(invite.Reveal(), again.Reveal());
        Assert.Equal((invite.Server, invite.ServerPin), (again.Server, again.ServerPin));
        Assert.Equal((name, Expires), (again.Name, again.Expires));
        Assert.Equal(ClientId.FromName(name), again.ClientId);
        Assert.Equal(invite.Secret.Reveal(), again.Secret.Reveal());
    }

    [Fact]
    public void A_line_needs_no_quotes_in_a_shell()
    {
        using var invite = Make("fl.example.org", "O'Brien & Söhne (\"$(reboot)\") *?!");
        Assert.All(invite.Reveal(), c => Assert.True(
            char.IsAsciiLetterOrDigit(c) || "/:.-_%~".Contains(c, StringComparison.Ordinal), c.ToString()));
    }

    [Fact]
    public void A_changed_character_is_noticed()
    {
        using var invite = Make("fl.example.org", "Seoul General");
        var line = invite.Reveal();
        for (var i = 0; i < line.Length; i++)
        {
            foreach (var c in "a0/-Z")
            {
                if (line[i] == c) continue;
                Assert.False(Invite.TryParse(line[..i] + c + line[(i + 1)..], out _), $"{i} {c}");
            }

            Assert.False(Invite.TryParse(line[..i] + line[(i + 1)..], out _));
            Assert.False(Invite.TryParse(line[..i], out _));
        }
    }

    [Fact]
    public void Hostile_lines_are_refused()
    {
        Properties.Holds(Properties.Text(200), text => !Invite.TryParse(text, out _));
        Assert.False(Invite.TryParse(null, out _));
        Assert.False(Invite.TryParse(new string('/', 5000), out _));
        var error = Assert.Throws<FedMetaException>(() => Invite.Parse("fedmeta1/x"));
        Assert.Equal(ExitCode.InviteRefused, error.Code);
        Assert.DoesNotContain("fedmeta1/x", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_with_a_right_check_but_wrong_fields_is_refused()
    {
        using var invite = Make("fl.example.org", "Seoul General");
        var fields = invite.Reveal().Split('/')[..7];
        (int At, string Value)[] wrong =
        [
            (1, "fl.example.org"), (1, "FL.example.org:443"), (2, "Seoul"),
            (3, "a%0Ab"), (3, ""), (3, "%41"), (3, "a%E2%80%AEb"),
            (4, "pin"), (5, "short"), (5, new('A', 28)), (6, "-1"), (6, "01893456000"), (6, "99999999999999"), (6, ""),
        ];
        foreach (var (at, value) in wrong)
        {
            var changed = (string[])fields.Clone();
            changed[at] = value;
            var line = string.Join('/', changed);
            var check = Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(line)).ToString()[..8];
            Assert.False(Invite.TryParse($"{line}/{check}", out _), line);
        }
    }

    [Fact]
    public void Printing_an_invite_does_not_print_its_secret()
    {
        using var invite = Make("fl.example.org", "Seoul General");
        Assert.DoesNotContain(invite.Secret.Reveal(), $"{invite} {invite.Secret}", StringComparison.Ordinal);
        Assert.Contains("(secret)", invite.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_secret_is_gone()
    {
        var invite = Make("fl.example.org", "Seoul General");
        invite.Dispose();
        Assert.Throws<ObjectDisposedException>(() => invite.Secret.Reveal());
    }

    // HMAC-SHA256 computed with another program (Python 3, hmac).
    [Fact]
    public void The_proof_is_the_documented_one()
    {
        Assert.True(InviteSecret.TryParse("AAECAwQFBgcICQoLDA0ODxAREhM", out var secret));
        var proof = EnrolmentProof.Compute(secret, "seoul-general", [0x30, 3, 2, 1, 5]);
        Assert.Equal(
            "3b803f47cb196fe082053f6598471651cbd2011f8c06c6aedeff4a79960abb4f", Convert.ToHexStringLower(proof));
    }

    [Fact]
    public void A_proof_holds_for_one_secret_one_client_and_one_request()
    {
        using var secret = InviteSecret.Create(RandomNumberGenerator.Create());
        using var other = InviteSecret.Create(RandomNumberGenerator.Create());
        byte[] request = [0x30, 3, 2, 1, 5];
        var proof = EnrolmentProof.Compute(secret, "a", request);
        Assert.True(EnrolmentProof.Verify(secret, "a", request, proof));
        Assert.False(EnrolmentProof.Verify(other, "a", request, proof));
        Assert.False(EnrolmentProof.Verify(secret, "b", request, proof));
        Assert.False(EnrolmentProof.Verify(secret, "a0", [3, 2, 1, 5], proof));
        Assert.False(EnrolmentProof.Verify(secret, "a", [0x30, 3, 2, 1, 6], proof));
        Assert.False(EnrolmentProof.Verify(secret, "not valid", request, proof));
        Assert.False(EnrolmentProof.Verify(secret, "a", request, proof[..31]));
        Assert.False(EnrolmentProof.Verify(secret, "a", request, []));
    }

    private static Invite Make(string server, string name)
    {
        Assert.True(ServerAddress.TryParse(server, out var address));
        var secret = InviteSecret.Create(RandomNumberGenerator.Create());
        return new Invite(
            address, KeyPin.Of("key"u8), ClientId.FromName(name), name, secret, Expires.AddMilliseconds(5));
    }
}
