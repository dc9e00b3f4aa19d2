using System.Collections.Frozen;

namespace FedMeta.Server.Hosting;

/// <summary>Every remote procedure and the role it needs. One that is missing here answers nobody.</summary>
internal static class AuthorisationMatrix
{
    /// <summary>Role by full method name.</summary>
    public static FrozenDictionary<string, Role> Roles { get; } = new Dictionary<string, Role>
    {
        ["/fedmeta.v1.Enrolment/Enrol"] = Role.Anyone,
        ["/fedmeta.v1.Enrolment/GetStatus"] = Role.Anyone,

        ["/fedmeta.v1.Studies/List"] = Role.Client,
        ["/fedmeta.v1.Studies/Get"] = Role.Client,
        ["/fedmeta.v1.Studies/Decide"] = Role.Client,

        ["/fedmeta.v1.Rounds/Await"] = Role.Client,
        ["/fedmeta.v1.Rounds/GetModel"] = Role.Client,
        ["/fedmeta.v1.Rounds/Send"] = Role.Client,
        ["/fedmeta.v1.Rounds/UploadMaskedInput"] = Role.Client,
        ["/fedmeta.v1.Rounds/AskUpload"] = Role.Client,

        ["/fedmeta.v1.Ledger/GetCheckpoint"] = Role.Client,
        ["/fedmeta.v1.Ledger/CoSign"] = Role.Client,

        ["/fedmeta.v1.Operator/Invite"] = Role.Operator,
        ["/fedmeta.v1.Operator/ApproveClient"] = Role.Operator,
        ["/fedmeta.v1.Operator/RevokeClient"] = Role.Operator,
        ["/fedmeta.v1.Operator/ReadmitClient"] = Role.Operator,
        ["/fedmeta.v1.Operator/ListClients"] = Role.Operator,
        ["/fedmeta.v1.Operator/KeepModel"] = Role.Operator,
        ["/fedmeta.v1.Operator/ProposeStudy"] = Role.Operator,
        ["/fedmeta.v1.Operator/ListStudies"] = Role.Operator,
        ["/fedmeta.v1.Operator/GetStudy"] = Role.Operator,
        ["/fedmeta.v1.Operator/ControlStudy"] = Role.Operator,
        ["/fedmeta.v1.Operator/WatchStudy"] = Role.Operator,
        ["/fedmeta.v1.Operator/GetReport"] = Role.Operator,
        ["/fedmeta.v1.Operator/RecordAudit"] = Role.Operator,
        ["/fedmeta.v1.Operator/GetModel"] = Role.Operator,
        ["/fedmeta.v1.Operator/ExportJournal"] = Role.Operator,
        ["/fedmeta.v1.Operator/ExportCheckpoint"] = Role.Operator,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
