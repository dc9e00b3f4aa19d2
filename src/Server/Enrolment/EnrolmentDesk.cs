using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.Server.Hosting;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.Enrolment;

/// <summary>Who becomes a member, and how: invite, request, approval, renewal, revocation.</summary>
internal sealed class EnrolmentDesk(
    FactJournal journal, ServerHome home, ServerConfiguration configuration, ConsortiumCertificate authority,
    TimeProvider time, RandomNumberGenerator random)
{
    /// <summary>Wrong tries after which an invite is burnt.</summary>
    public const int MaxFailedTries = 5;

    private readonly InviteFiles _secrets = new(home.Invites);
    private readonly Lock _gate = new();

    /// <summary>Makes an invite for a hospital's name; null with the reason if it is a member already or was
    /// revoked.</summary>
    public (Invite? Invite, string? Problem) Invite(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || !PlainText.IsOneLine(name.Trim(), Protocol.Invite.MaxName))
            return (null, $"a hospital's name has 1 to {Protocol.Invite.MaxName} visible characters on one line");
        lock (_gate)
        {
            var known = journal.State.FindClient(name.Trim());
            var id = known?.Id ?? ClientId.FromName(name);
            if (known is null && journal.State.Clients.ContainsKey(id))
                return (null, $"the id {id} belongs to another hospital; choose another name");
            if (known is { Standing: ClientStanding.Active })
                return (null, $"{known.Name} is a member already");
            if (known is { Standing: ClientStanding.Revoked })
                return (null, $"{known.Name} was revoked for good; invite it under another name");
            var secret = InviteSecret.Create(random);
            _secrets.Keep(id, secret);
            var expires = time.GetUtcNow() + configuration.InviteLifetime;
            var invite = new Invite(configuration.PublicAddress, home.ServerPin(), id, known?.Name ?? name.Trim(),
                secret, expires);
            journal.Record(FactJournal.OperatorActor, new ClientInvited(id, invite.Name, HashOf(secret),
                invite.Expires.ToUnixTimeSeconds()));
            return (invite, null);
        }
    }

    /// <summary>Takes a request to join. Null if it was accepted (or is the accepted one again); otherwise why
    /// not.</summary>
    public EnrolmentRefusal? Enrol(string client, byte[] request, ReadOnlySpan<byte> proof, string version)
    {
        lock (_gate)
        {
            if (!journal.State.Clients.TryGetValue(client, out var entry))
                return EnrolmentRefusal.WrongProof;
            if (IsRepeated(entry, request))
                return null;
            if (entry.Standing != ClientStanding.Invited || entry.InviteBurnt)
                return EnrolmentRefusal.Used;
            if (Check(entry, request, proof, out var key) is { } refusal)
            {
                Refuse(entry, refusal);
                return refusal;
            }

            journal.Record(client, new ClientRequested(client, Convert.ToBase64String(request),
                Convert.ToBase64String(key),
                version.Length <= 64 ? version : version[..64]));
            _secrets.Forget(client);
            return null;
        }
    }

    /// <summary>Lets a hospital in. Null if it waits for approval and now has a certificate; otherwise the
    /// problem.</summary>
    /// <exception cref="FedMetaException">The authority's key is not there: it may be kept away from the
    /// server.</exception>
    public string? Approve(string client)
    {
        lock (_gate)
        {
            if (journal.State.Clients[client] is not { Standing: ClientStanding.Pending } entry)
                return "it has not used an invite yet, or is a member already";
            Certify(entry, FactJournal.OperatorActor);
            return null;
        }
    }

    /// <summary>Shuts a hospital out for good; false if it was already.</summary>
    public bool Revoke(string client)
    {
        lock (_gate)
        {
            _secrets.Forget(client);
            return journal.TryRecord(FactJournal.OperatorActor,
                s => s.Clients[client].Standing == ClientStanding.Revoked ? null : new ClientRevoked(client));
        }
    }

    /// <summary>
    /// The entry of a client that knows its own key's hash, or null. A certificate in the second half of its life is
    /// renewed
    /// on the way if the authority's key is there.
    /// </summary>
    public ClientEntry? Status(string client, ReadOnlySpan<byte> keyHash)
    {
        lock (_gate)
        {
            if (!journal.State.Clients.TryGetValue(client, out var entry) || entry.Key.Length == 0)
                return null;
            var known = SHA256.HashData(Convert.FromBase64String(entry.Key));
            if (!CryptographicOperations.FixedTimeEquals(known, keyHash))
                return null;
            var ends = DateTimeOffset.FromUnixTimeSeconds(entry.CertificateExpiresAt);
            if (entry.Standing == ClientStanding.Active
                && ends - time.GetUtcNow() < configuration.CertificateLifetime / 2
                && ends < authority.Certificate.NotAfter && home.HasAuthorityKey)
                Certify(entry, FactJournal.ServerActor);
            return journal.State.Clients[client];
        }
    }

    // The answer to the first request was lost: a request that is signed with the same key changes nothing.
    private static bool IsRepeated(ClientEntry entry, byte[] request) =>
        entry.Standing is ClientStanding.Pending or ClientStanding.Active
        && SigningRequest.TryRead(request, out var signed) && entry.Key == Convert.ToBase64String(signed.PublicKey);

    private EnrolmentRefusal? Check(ClientEntry entry, byte[] request, ReadOnlySpan<byte> proof, out byte[] key)
    {
        key = [];
        if (time.GetUtcNow().ToUnixTimeSeconds() >= entry.InviteExpiresAt)
            return EnrolmentRefusal.Expired;
        using var secret = _secrets.Find(entry.Id);
        if (secret is null || HashOf(secret) != entry.SecretHash || !EnrolmentProof.Verify(secret, entry.Id, request,
            proof))
            return EnrolmentRefusal.WrongProof;
        if (!SigningRequest.TryRead(request, out var signed))
            return EnrolmentRefusal.BadRequest;
        key = signed.PublicKey;
        var text = Convert.ToBase64String(key);
        return journal.State.Clients.Values.Any(c => c.Id != entry.Id && c.Key == text) ? EnrolmentRefusal.BadRequest
            : null;
    }

    private void Refuse(ClientEntry entry, EnrolmentRefusal refusal)
    {
        var burnt = refusal == EnrolmentRefusal.Expired || entry.FailedTries + 1 >= MaxFailedTries;
        journal.Record(FactJournal.ServerActor, new EnrolmentRefused(entry.Id, Rounds.PhaseNames.Hyphenated(refusal),
            burnt));
        if (burnt)
            _secrets.Forget(entry.Id);
    }

    private void Certify(ClientEntry entry, string actor)
    {
        using var authority = ConsortiumAuthority.Load(home.Consortium);
        using var certificate = authority.Issue(Convert.FromBase64String(entry.Key), CertificateRole.Client, entry.Id,
            time,
            configuration.CertificateLifetime);
        journal.Record(actor, new ClientApproved(entry.Id, Convert.ToBase64String(certificate.RawData),
            new DateTimeOffset(certificate.NotAfter).ToUnixTimeSeconds()));
    }

    private static string HashOf(InviteSecret secret) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret.Reveal())));
}
