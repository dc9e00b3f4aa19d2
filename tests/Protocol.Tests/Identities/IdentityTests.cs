using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using FedMeta.Tests.Support;

namespace FedMeta.Protocol.Tests;

[UnsupportedOSPlatform("windows")]
public class IdentityTests
{
    [Fact]
    public void A_key_comes_back_from_its_file()
    {
        using var folder = new TemporaryFolder();
        using var identity = Identity.Create();
        identity.Save(folder["identity.key"]);
        using var again = Identity.Load(folder["identity.key"]);
        Assert.Equal(identity.PublicKey, again.PublicKey);
        Assert.True(PublicKeys.Verify(identity.PublicKey, "test", "text"u8, again.Sign("test", "text"u8)));
        Assert.Equal(["identity.key"], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
    }

    [UnixFact]
    public void The_file_is_for_its_owner_alone_from_the_first_byte()
    {
        using var folder = new TemporaryFolder();
        using var identity = Identity.Create();
        identity.Save(folder["identity.key"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["identity.key"]));
    }

    [UnixFact]
    public void A_file_that_others_may_read_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var identity = Identity.Create();
        identity.Save(folder["identity.key"]);
        UnixFileMode[] rights =
            [UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.GroupWrite, UnixFileMode.OtherExecute];
        foreach (var loose in rights)
        {
            File.SetUnixFileMode(folder["identity.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite | loose);
            var error = Assert.Throws<FedMetaException>(() => Identity.Load(folder["identity.key"]));
            Assert.Equal(ExitCode.Permission, error.Code);
            Assert.Contains("chmod 600", error.Hint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_is_never_written_over()
    {
        using var folder = new TemporaryFolder();
        using var identity = Identity.Create();
        identity.Save(folder["identity.key"]);
        var before = File.ReadAllBytes(folder["identity.key"]);
        using var other = Identity.Create();
        Assert.Equal(ExitCode.AlreadyInitialised, Assert.Throws<FedMetaException>(
            () => other.Save(folder["identity.key"])).Code);
        Assert.Equal(before, File.ReadAllBytes(folder["identity.key"]));
    }

    [Fact]
    public void What_is_no_private_P256_key_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        string[] wrong =
        [
            "",
            "nonsense",
            p384.ExportPkcs8PrivateKeyPem(),
            p256.ExportSubjectPublicKeyInfoPem(),
            rsa.ExportPkcs8PrivateKeyPem(),
            p256.ExportPkcs8PrivateKeyPem()[..100], new('x', 10_000),
        ];
        foreach (var text in wrong)
        {
            DurableFile.Write(folder["identity.key"], Encoding.ASCII.GetBytes(text), secret: true);
            Assert.Equal(ExitCode.Configuration, Assert.Throws<FedMetaException>(
                () => Identity.Load(folder["identity.key"])).Code);
        }

        Assert.Equal(ExitCode.NotFound, Assert.Throws<FedMetaException>(() => Identity.Load(folder["none"])).Code);
    }

    [Fact]
    public void A_signature_holds_for_one_key_one_domain_and_one_text()
    {
        using var identity = Identity.Create();
        using var other = Identity.Create();
        var signature = identity.Sign("domain", "text"u8);
        Assert.Equal(PublicKeys.SignatureLength, signature.Length);
        Assert.True(PublicKeys.Verify(identity.PublicKey, "domain", "text"u8, signature));
        Assert.False(PublicKeys.Verify(other.PublicKey, "domain", "text"u8, signature));
        Assert.False(PublicKeys.Verify(identity.PublicKey, "domain2", "text"u8, signature));
        Assert.False(PublicKeys.Verify(identity.PublicKey, "domain", "texts"u8, signature));
        Assert.Throws<ArgumentException>(() => identity.Sign("two words", "text"u8));
        Assert.Throws<ArgumentException>(() => identity.Sign("line\nfeed", "text"u8));
    }

    [Fact]
    public void Hostile_keys_and_signatures_give_false()
    {
        using var identity = Identity.Create();
        var signature = identity.Sign("domain", "text"u8);
        Properties.Holds(Properties.Bytes(100), bytes => !PublicKeys.Verify(bytes, "domain", "text"u8, signature));
        Properties.Holds(
            Properties.Bytes(100), bytes => !PublicKeys.Verify(identity.PublicKey, "domain", "text"u8, bytes));
        Properties.Holds(
            Properties.Mutation(signature),
            bytes => bytes.SequenceEqual(signature) || !PublicKeys.Verify(
                identity.PublicKey, "domain", "text"u8, bytes));
        Properties.Holds(
            Properties.Mutation(identity.PublicKey),
            bytes => bytes.SequenceEqual(identity.PublicKey) || !PublicKeys.Verify(
                bytes, "domain", "text"u8, signature));
    }

    [Fact]
    public void Keys_of_other_curves_and_compressed_points_are_no_identity_keys()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.False(PublicKeys.IsValid(p384.ExportSubjectPublicKeyInfo()));
        Assert.False(PublicKeys.IsValid(brainpool.ExportSubjectPublicKeyInfo()));
        Assert.False(PublicKeys.IsValid([]));
    }

    [Fact]
    public void A_key_prints_as_secret()
    {
        using var identity = Identity.Create();
        Assert.Equal("(secret)", identity.ToString());
    }

    [SmallDiskFact]
    public void A_full_disk_leaves_no_half_key()
    {
        using var disk = new SmallDisk(8192);
        File.WriteAllBytes(Path.Combine(disk.Root, "filler"), new byte[4096]);
        using var identity = Identity.Create();
        var fault = Record.Exception(() =>
        {
            for (var i = 0; i < 10; i++) identity.Save(Path.Combine(disk.Root, $"key-{i}"));
        });
        Assert.Equal(ExitCode.DiskFull, Assert.IsType<FedMetaException>(fault).Code);
        Assert.DoesNotContain(Directory.GetFiles(disk.Root), file => file.EndsWith(".new", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(disk.Root, "key-*")) Identity.Load(file).Dispose();
    }
}
