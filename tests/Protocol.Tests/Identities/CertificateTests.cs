using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol.Tests;

public class CertificateTests
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private readonly FixedTime _time = new();

    [Fact]
    public void A_request_shows_possession_and_becomes_a_client_certificate()
    {
        using var authority = ConsortiumAuthority.Create("Heart consortium", _time);
        using var hospital = Identity.Create();
        Assert.True(SigningRequest.TryRead(hospital.CreateRequest("seoul-general"), out var request));
        Assert.Equal(hospital.PublicKey, request.PublicKey);
        using var certificate = authority.Issue(
            request.PublicKey, CertificateRole.Client, "seoul-general", _time, Month);
        Assert.True(PeerCertificate.TryVerify(certificate, authority.Certificate, _time, out var peer));
        Assert.Equal(new PeerCertificate(CertificateRole.Client, "seoul-general", hospital.Pin), peer);
        Assert.Equal(_time.Now.AddDays(30).AddMilliseconds(-678), certificate.NotAfter.ToUniversalTime());
        using var whole = hospital.Attach(certificate);
        Assert.True(whole.HasPrivateKey);
    }

    [Fact]
    public void Requests_that_do_not_show_possession_are_refused()
    {
        using var identity = Identity.Create();
        var good = identity.CreateRequest("a");
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var name = new X500DistinguishedName("CN=a");
        Assert.False(SigningRequest.TryRead(
            new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(
                ), out _));
        Assert.False(SigningRequest.TryRead(
            new CertificateRequest(name, p384, HashAlgorithmName.SHA256).CreateSigningRequest(), out _));
        Assert.False(SigningRequest.TryRead([], out _));
        Assert.False(SigningRequest.TryRead(new byte[5000], out _));
        Assert.False(SigningRequest.TryRead([.. good, 0], out _));
        Properties.Holds(Properties.Bytes(300), bytes => !SigningRequest.TryRead(bytes, out _));
        Properties.Holds(
            Properties.Mutation(good), bytes => bytes.SequenceEqual(good) || !SigningRequest.TryRead(bytes, out _));
    }

    [Fact]
    public void Somebody_elses_key_cannot_be_certified()
    {
        using var mine = Identity.Create();
        using var yours = Identity.Create();
        var request = new CertificateRequest(new X500DistinguishedName("CN=a"), yours.Key, HashAlgorithmName.SHA256);
        var stolen = request.CreateSigningRequest(X509SignatureGenerator.CreateForECDsa(mine.Key));
        Assert.False(SigningRequest.TryRead(stolen, out _));
    }

    [Fact]
    public void What_the_request_asks_for_is_not_granted()
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var identity = Identity.Create();
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=operator, OU=operator, O=FedMeta"), identity.Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Assert.True(SigningRequest.TryRead(request.CreateSigningRequest(), out var read));
        using var certificate = authority.Issue(read.PublicKey, CertificateRole.Client, "a", _time, Month);
        Assert.True(PeerCertificate.TryVerify(certificate, authority.Certificate, _time, out var peer));
        Assert.Equal((CertificateRole.Client, "a"), (peer.Role, peer.Name));
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Theory]
    [InlineData(CertificateRole.Client, "a")]
    [InlineData(CertificateRole.Operator, "Kim")]
    [InlineData(CertificateRole.Server, "fl.example.org")]
    [InlineData(CertificateRole.Server, "10.0.0.1")]
    public void Each_role_has_its_certificate(CertificateRole role, string name)
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var identity = Identity.Create();
        using var certificate = authority.Issue(identity.PublicKey, role, name, _time, Month);
        Assert.True(PeerCertificate.TryVerify(certificate, authority.Certificate, _time, out var peer));
        Assert.Equal((role, name), (peer.Role, peer.Name));
        Assert.Equal(role != CertificateRole.Server, ServerTls.Accepts(certificate, authority.Certificate, _time));
        if (role == CertificateRole.Server) Assert.True(certificate.MatchesHostname(name));
    }

    [Fact]
    public void A_certificate_is_good_between_its_dates_only()
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var identity = Identity.Create();
        using var certificate = authority.Issue(identity.PublicKey, CertificateRole.Client, "a", _time, Month);
        bool At(TimeSpan later) => PeerCertificate.TryVerify(
            certificate, authority.Certificate, new FixedTime(FixedTime.Start + later), out _);
        Assert.True(At(TimeSpan.Zero));
        Assert.True(At(TimeSpan.FromMinutes(-4)));
        Assert.False(At(TimeSpan.FromMinutes(-6)));
        Assert.True(At(Month - TimeSpan.FromMinutes(1)));
        Assert.False(At(Month + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_certificate_does_not_outlive_its_authority()
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var identity = Identity.Create();
        using var certificate = authority.Issue(
            identity.PublicKey, CertificateRole.Client, "a", _time, TimeSpan.FromDays(9000));
        Assert.Equal(authority.Certificate.NotAfter, certificate.NotAfter);
    }

    [Fact]
    public void Certificates_that_this_authority_did_not_sign_are_refused()
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var twin = ConsortiumAuthority.Create("c", _time);
        using var identity = Identity.Create();
        using var foreign = twin.Issue(identity.PublicKey, CertificateRole.Client, "a", _time, Month);
        Assert.False(PeerCertificate.TryVerify(foreign, authority.Certificate, _time, out _));
        Assert.False(ServerTls.Accepts(foreign, authority.Certificate, _time));
        Assert.False(PeerCertificate.TryVerify(authority.Certificate, authority.Certificate, _time, out _));

        var request = new CertificateRequest(
            new X500DistinguishedName("CN=a, OU=client, O=FedMeta"), identity.Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], true));
        using var own = request.CreateSelfSigned(_time.Now.AddDays(-1), _time.Now.AddDays(1));
        Assert.False(PeerCertificate.TryVerify(own, authority.Certificate, _time, out _));
    }

    [Fact]
    public void A_certificate_holder_cannot_sign_certificates()
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var hospital = Identity.Create();
        using var certificate = authority.Issue(hospital.PublicKey, CertificateRole.Client, "a", _time, Month);
        using var friend = Identity.Create();
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=b, OU=client, O=FedMeta"), friend.Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], true));
        using var minted = request.Create(
            certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(hospital.Key), _time.Now, _time.Now.AddDays(
                1), [1]);
        Assert.False(PeerCertificate.TryVerify(minted, authority.Certificate, _time, out _));
    }

    [Fact]
    public void A_client_may_come_without_a_certificate() =>
        Assert.True(ServerTls.Accepts(null, ConsortiumAuthority.Create("c", _time).Certificate, _time));

    [Fact]
    public void An_authority_comes_back_from_its_folder_and_is_never_written_over()
    {
        using var folder = new TemporaryFolder();
        using var authority = ConsortiumAuthority.Create("c", _time);
        authority.Save(folder["consortium"]);
        using var again = ConsortiumAuthority.Load(folder["consortium"]);
        Assert.Equal(authority.Certificate.RawData, again.Certificate.RawData);
        Assert.Equal(
            ExitCode.AlreadyInitialised, Assert.Throws<FedMetaException>(
                () => authority.Save(folder["consortium"])).Code);

        using var other = ConsortiumAuthority.Create("c", _time);
        CertificateFiles.Save(Path.Combine(folder["consortium"], "authority.crt"), other.Certificate);
        Assert.Equal(
            ExitCode.Configuration, Assert.Throws<FedMetaException>(
                () => ConsortiumAuthority.Load(folder["consortium"])).Code);
        File.WriteAllText(Path.Combine(folder["consortium"], "authority.crt"), "nonsense");
        Assert.Equal(
            ExitCode.Configuration, Assert.Throws<FedMetaException>(
                () => ConsortiumAuthority.Load(folder["consortium"])).Code);
        Assert.Equal(
            ExitCode.NotFound, Assert.Throws<FedMetaException>(() => ConsortiumAuthority.Load(folder["none"])).Code);
    }

    [Fact]
    public void A_certificate_in_bytes_is_read_or_refused()
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var read = CertificateFiles.TryRead(authority.Certificate.RawData);
        Assert.Equal(authority.Certificate.RawData, read!.RawData);
        Assert.Null(CertificateFiles.TryRead([]));
        Assert.Null(CertificateFiles.TryRead(new byte[9000]));
        Properties.Holds(Properties.Bytes(300), bytes => CertificateFiles.TryRead(bytes) is null);
    }

    [Fact]
    public void Names_that_no_certificate_can_have_are_misuse()
    {
        using var authority = ConsortiumAuthority.Create("c", _time);
        using var identity = Identity.Create();
        Assert.Throws<ArgumentException>(
            () => authority.Issue(identity.PublicKey, CertificateRole.Client, "Seoul", _time, Month));
        Assert.Throws<ArgumentException>(
            () => authority.Issue(identity.PublicKey, CertificateRole.Operator, "", _time, Month));
        Assert.Throws<ArgumentException>(
            () => authority.Issue(new byte[91], CertificateRole.Client, "a", _time, Month));
    }
}
