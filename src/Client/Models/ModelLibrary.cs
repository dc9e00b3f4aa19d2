using FedMeta.Client.Connection;
using FedMeta.Client.Homes;
using FedMeta.Client.Ledger;
using FedMeta.Client.Studies;
using FedMeta.Protocol;

namespace FedMeta.Client.Models;

/// <summary>Meta-models that this hospital fetched, by their hash. Each is checked again whenever it is read.</summary>
internal sealed class ModelLibrary(OpenedHome home, ServerConnection connection)
{
    private readonly ModelFolder _folder = new(home.Home.ModelsFolder);

    /// <summary>
    /// The newest meta-model of a study, also for a hospital that was no member of it. Where the server is away, the
    /// newest one that is here already.
    /// </summary>
    /// <exception cref="FedMetaException">No such study or model, or what the server sends does not fit.</exception>
    public async Task<FetchedModel> NewestAsync(string selector, CancellationToken stop)
    {
        try
        {
            var inbox = new StudyInbox(connection);
            var summary = await inbox.FindAsync(selector, stop);
            var document = await inbox.GetAsync(new Sha256Digest(summary.StudyHash.Span), stop);
            if (!Sha256Digest.TryFrom(summary.ModelHash.Span, out var hash)) throw NoModel(selector);
            return Fit(_folder.Read(hash) ?? await FetchAsync(document, hash, stop), document, hash);
        }
        catch (FedMetaException fault) when (fault.Code is ExitCode.ServerUnreachable or ExitCode.NotEnrolled)
        {
            if (FindHere(selector) is not { } here) throw;
            return here;
        }
    }

    private async Task<byte[]> FetchAsync(StudyDocument document, Sha256Digest hash, CancellationToken stop)
    {
        var bytes = await connection.AskAsync(
            connection.Member, cancel => new GrpcRoundServer(connection).GetModelAsync(hash, cancel), stop);
        if (bytes is null || Sha256Digest.Of(bytes) != hash) throw NoModel(document.Terms.Name);
        _folder.Keep(hash, bytes);
        home.Journal.Record(FactTypes.Adopted,
            new ModelAdopted(document.Hash.ToString(), hash.ToString(), Final: false),
            FactShapes.Default.ModelAdopted);
        return bytes;
    }

    private FetchedModel? FindHere(string selector)
    {
        var decided = home.Journal.Ask(state => state.Decisions
            .Where(each => each.Name == selector
                || (selector.Length >= 4 && each.Study.StartsWith(selector, StringComparison.Ordinal)))
            .Select(each => (each.Document, state.Model(each.Study)))
            .LastOrDefault(pair => pair.Item2 is not null));
        if (decided.Item2 is null || !Sha256Digest.TryParse(decided.Item2.Model, out var hash)) return null;
        var document = StudyDocument.Read(System.Text.Encoding.UTF8.GetBytes(decided.Document)).Value;
        return document is not null && _folder.Read(hash) is { } bytes ? Fit(bytes, document, hash) : null;
    }

    private static FetchedModel Fit(byte[] bytes, StudyDocument document, Sha256Digest hash)
    {
        var (study, problems) = StudyVerification.Read(document);
        if (study is null)
        {
            throw new FedMetaException(ExitCode.StudyDocument,
                $"the study's document does not hold together: {string.Join("; ", problems)}",
                "ask the operator which version of fedmeta made it");
        }

        return StudyModel.Read(bytes, study) is { } model
            ? new FetchedModel(study, model, hash.ToString())
            : throw new FedMetaException(ExitCode.StudyDocument,
                "the model does not belong to the study",
                "do not use it; ask the operator what changed");
    }

    private static FedMetaException NoModel(string study) => new(
        ExitCode.NotFound, $"the server has no model of '{study}' to give",
            "try again when a round has been completed");
}
