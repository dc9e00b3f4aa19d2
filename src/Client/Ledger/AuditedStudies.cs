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

    /// <summary>A decision whose signature holds.</summary>
    public void Decided(StudyDecided decided)
    {
        if (!decided.Approve)
        {
            _approved.Remove(decided.Study);
            return;
        }

        _approved.Add(decided.Study);
        _documents[decided.Study] = decided.Document;
    }

    /// <summary>Whether the newest decision is an approval.</summary>
    public bool IsApproved(string hash) => _approved.Contains(hash);

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
