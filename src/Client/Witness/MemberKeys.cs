using System.Text;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;

namespace FedMeta.Client.Witness;

/// <summary>The identity keys of the members of all studies that this hospital approved, out of its own
/// journal.</summary>
internal sealed class MemberKeys(HospitalJournal journal)
{
    private readonly Dictionary<string, IReadOnlyList<StudyMember>> _studies = new(StringComparer.Ordinal);

    /// <summary>SubjectPublicKeyInfo by client id; where documents differ, that of the newest.</summary>
    public IReadOnlyDictionary<string, byte[]> Current()
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var decided in journal.Ask(state => state.Decisions.Where(each => each.Approve).ToList()))
            foreach (var member in MembersOf(decided))
                keys[member.Id] = member.PublicKey;
        return keys;
    }

    private IReadOnlyList<StudyMember> MembersOf(StudyDecided decided)
    {
        if (_studies.TryGetValue(decided.Study, out var known)) return known;
        var members = StudyDocument.Read(Encoding.UTF8.GetBytes(decided.Document)).Value?.Members ?? [];
        return _studies[decided.Study] = [.. members];
    }
}
