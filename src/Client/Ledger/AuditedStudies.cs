using System.Text;
using FedMeta.Client.Studies;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>The studies of a journal under audit, each verified again from the document that was approved.</summary>
internal sealed class AuditedStudies
{
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VerifiedStudy?> _studies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _approved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _granted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lastModels = new(StringComparer.Ordinal);

    /// <summary>A decision whose signature holds.</summary>
    public void Decided(StudyDecided decided)
    {
        if (!decided.Approve)
        {
            _approved.Remove(decided.Study);
            _granted.Remove(decided.Study);
            return;
        }

        _approved.Add(decided.Study);
        _documents[decided.Study] = decided.Document;
    }

    /// <summary>Whether the newest decision is an approval.</summary>
    public bool IsApproved(string hash) => _approved.Contains(hash);

    /// <summary>Whether the newest approval was entered.</summary>
    public bool IsGranted(string hash) => _granted.Contains(hash);

    /// <summary>What is wrong with the place of a grant, in words; null where it enters the newest decision.</summary>
    public string? Granted(LedgerEntry grant)
    {
        if (!IsApproved(grant.Study.ToString())) return "a study is granted that is not approved";
        return _granted.Add(grant.Study.ToString()) ? null : "the study is granted a second time";
    }

    /// <summary>A model was fetched.</summary>
    public void Adopted(ModelAdopted adopted)
    {
        if (adopted.Final) _lastModels[adopted.Study] = adopted.Model;
    }

    /// <summary>What is wrong with a close, in words; null where it names the last model.</summary>
    public string? Closed(LedgerEntry close) =>
        close.Model.ToString()
        == _lastModels.GetValueOrDefault(close.Study.ToString(), default(Sha256Digest).ToString())
            ? null
            : "the close names another model than the one that was adopted";

    /// <summary>A study that was approved once; null where it was not, or does not hold together.</summary>
    public VerifiedStudy? Of(string hash)
    {
        // Deriving a mechanism takes a while.
        if (_studies.TryGetValue(hash, out var known) || !_documents.TryGetValue(hash, out var text)) return known;
        return _studies[hash] = StudyDocument.Read(Encoding.UTF8.GetBytes(text)).Value is { } document
            ? StudyVerification.Read(document).Study
            : null;
    }
}
