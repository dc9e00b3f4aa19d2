using FedMeta.Client.Connection;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using StudiesClient = FedMeta.Protocol.V1.Studies.StudiesClient;

namespace FedMeta.Client.Studies;

/// <summary>Studies as the server offers them; every document is checked against its own hash.</summary>
internal sealed class StudyInbox(ServerConnection connection)
{
    private StudiesClient Studies => new(connection.Member.Channel);

    /// <summary>All studies that the server shows.</summary>
    public async Task<IReadOnlyList<StudySummary>> ListAsync(CancellationToken stop)
    {
        var reply = await connection.AskAsync(
            connection.Member,
            async cancel => await Studies.ListAsync(new ListStudiesRequest(), cancellationToken: cancel),
            stop);
        return [.. reply.Studies.Where(study => study.StudyHash.Length == Sha256Digest.Length)];
    }

    /// <summary>The one study of a name, or whose hash begins so.</summary>
    /// <exception cref="FedMetaException">None or several (42).</exception>
    public async Task<StudySummary> FindAsync(string selector, CancellationToken stop)
    {
        var all = await ListAsync(stop);
        var found = all.Where(study => study.Name == selector).ToList();
        if (found.Count == 0 && selector.Length >= 4)
        {
            found = [.. all.Where(study => Convert.ToHexStringLower(study.StudyHash.Span)
                .StartsWith(selector, StringComparison.OrdinalIgnoreCase))];
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new FedMetaException(ExitCode.NotFound,
                $"the server shows no study '{selector}' to this hospital",
                NearestWord.Find(selector, all.Select(study => study.Name)) is { } near
                    ? $"did you mean '{near}'?"
                    : "see 'fedmeta-client study list'"),
            _ => throw new FedMetaException(ExitCode.NotFound,
                $"'{selector}' names {found.Count} studies",
                "give the first characters of the hash instead; see 'fedmeta-client study list'"),
        };
    }

    /// <summary>The document of a hash.</summary>
    /// <exception cref="FedMetaException">The server sends another text than the hash names, or no study
    /// document.</exception>
    public async Task<StudyDocument> GetAsync(Sha256Digest hash, CancellationToken stop)
    {
        var text = await connection.AskAsync(
            connection.Member,
            async cancel => await Studies.GetAsync(
                new GetStudyRequest { StudyHash = ByteString.CopyFrom(hash.ToArray()) }, cancellationToken: cancel),
            stop);
        if (Sha256Digest.Of(text.Document.Span) != hash)
        {
            throw new FedMetaException(ExitCode.StudyDocument,
                "the server sent another document than the one it listed",
                "do not approve anything; ask the operator what changed");
        }

        return StudyDocument.Read(text.Document.Span).OrThrow("the study document");
    }

    /// <summary>Hands a signed decision to the server.</summary>
    /// <exception cref="FedMetaException">The server does not take it.</exception>
    public async Task DecideAsync(Decision decision, CancellationToken stop)
    {
        var ack = await connection.AskAsync(
            connection.Member,
            async cancel => await Studies.DecideAsync(decision, cancellationToken: cancel),
            stop);
        if (ack.Accepted) return;
        throw new FedMetaException(ExitCode.StudyDocument,
            $"the server does not take the decision: {Words.Clean(ack.Refusal)} {Words.Clean(ack.Detail)}".TrimEnd(),
            "the decision stands in this hospital's journal; run the command again to send it again");
    }
}
