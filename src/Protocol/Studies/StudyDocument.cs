using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// A study as hospitals approve it: the author's terms, the members with their keys, the mechanism that was derived,
/// and the initial model. It has one canonical text, and its hash is the study's name in every signature, round and
/// record: a changed byte is another study.
/// </summary>
public sealed class StudyDocument
{
    /// <summary>Most hospitals of a study.</summary>
    public const int MaxMembers = StudyKeys.MaxMembers;

    private readonly Dictionary<string, StudyMember> _members;

    private StudyDocument(
        StudyTerms terms,
        IReadOnlyList<StudyMember> members,
        IReadOnlyDictionary<string, string> mechanism,
        Sha256Digest initialModel)
    {
        Terms = terms;
        Members = [.. members.OrderBy(member => member.Id, StringComparer.Ordinal)];
        Mechanism = new SortedDictionary<string, string>(mechanism.ToDictionary(), StringComparer.Ordinal);
        InitialModel = initialModel;
        Canonical = Encoding.UTF8.GetBytes(StudyText.Write(terms, Members, Mechanism, initialModel));
        Hash = Sha256Digest.Of(Canonical.Span);
        _members = Members.ToDictionary(member => member.Id, StringComparer.Ordinal);
    }

    /// <summary>What the author decided.</summary>
    public StudyTerms Terms { get; }

    /// <summary>The hospitals, sorted by id.</summary>
    public IReadOnlyList<StudyMember> Members { get; }

    /// <summary>The mechanism as every party derives it again and compares, sorted by key.</summary>
    public IReadOnlyDictionary<string, string> Mechanism { get; }

    /// <summary>SHA-256 of the initial model's file.</summary>
    public Sha256Digest InitialModel { get; }

    /// <summary>The canonical text, UTF-8.</summary>
    public ReadOnlyMemory<byte> Canonical { get; }

    /// <summary>SHA-256 of <see cref="Canonical"/>.</summary>
    public Sha256Digest Hash { get; }

    /// <summary>The member with an id, if there is one.</summary>
    public bool TryGetMember(string id, [NotNullWhen(true)] out StudyMember? member) =>
        _members.TryGetValue(id, out member);

    /// <summary>Makes the document of a draft.</summary>
    /// <param name="terms">As <see cref="StudyDraft"/> read them.</param>
    /// <param name="members">All active clients.</param>
    /// <param name="mechanism">Keys of a-z, 0-9 and _, values of one line.</param>
    /// <param name="initialModel">SHA-256 of the initial model's file.</param>
    public static StudyReading<StudyDocument> Create(
        StudyTerms terms,
        IReadOnlyList<StudyMember> members,
        IReadOnlyDictionary<string, string> mechanism,
        Sha256Digest initialModel)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(mechanism);
        var problems = new List<DocumentProblem>();
        MemberTable.Compare(terms, members, problems);
        MechanismTable.Check(mechanism, 0, problems);
        if (problems.Count > 0) return new(null, problems);

        // The reader is the judge: what it would not read again is not a document.
        return Read(Encoding.UTF8.GetBytes(StudyText.Write(terms, members, mechanism, initialModel)));
    }

    /// <summary>Reads a canonical text and nothing else; hostile bytes give problems, never exceptions.</summary>
    public static StudyReading<StudyDocument> Read(ReadOnlySpan<byte> utf8)
    {
        var reader = SettingsReader.Read(
            utf8, StudyKeys.Set, [StudyKeys.Features, StudyKeys.Mechanism, StudyKeys.Initial, StudyKeys.Members]);
        var members = MemberTable.Read(reader);
        var mechanism = MechanismTable.Read(reader);
        var initial = ReadInitial(reader);
        if (TermsReader.Read(reader) is not { } terms) return new(null, reader.Problems);
        var problems = new List<DocumentProblem>();
        MemberTable.Compare(terms, members, problems);
        if (problems.Count > 0) return new(null, problems);
        var document = new StudyDocument(terms, members, mechanism, initial);
        return document.Canonical.Span.SequenceEqual(utf8)
            ? new(document, [])
            : new(null, [new(0, "the text is not in canonical form", "take the document as the server sends it")]);
    }

    private static Sha256Digest ReadInitial(SettingsReader reader)
    {
        if (reader.Find(StudyKeys.Initial) is TomlTable { Keys: ["model"] } table
            && table["model"] is TomlText text
            && Sha256Digest.TryParse(text.Value, out var digest)) return digest;
        reader.Refuse(
            reader.Find(StudyKeys.Initial)?.Line ?? 0,
            "'initial.model' is no SHA-256",
            "take the document as study propose wrote it");
        return default;
    }
}
