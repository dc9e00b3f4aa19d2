using FedMeta.Client.Data;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// Reads every hospital's file on this machine, as its own agent reads it: for what no federation may compute.
/// </summary>
internal static class SiteFiles
{
    public static VerifiedStudy Study(ReadOnlySpan<byte> document)
    {
        var (study, problems) = StudyVerification.Read(StudyDocument.Read(document).OrThrow("the study"));
        return study ?? throw new FedMetaException(ExitCode.StudyDocument, string.Join("; ", problems), "see the "
            + "study's file");
    }

    /// <exception cref="FedMetaException">The file cannot be used; every problem is named.</exception>
    public static Site Read(HospitalSite hospital, VerifiedStudy study)
    {
        var data = Data(hospital, study);
        return new Site(hospital.Name, data.Train, data.Test);
    }

    /// <exception cref="FedMetaException">The file cannot be used; every problem is named.</exception>
    public static SiteData Data(HospitalSite hospital, VerifiedStudy study)
    {
        var reading = CsvSource.Read(hospital.Data, study.Data);
        if (reading.Table is not { } table)
            throw new FedMetaException(ExitCode.Data, string.Join("; ", reading.Faults.Select(f => f.What)), "mend "
                + "the file");
        return SiteData.Of(table, study.Scaling, SiteSplit.Of(table, study.Seed, hospital.Name));
    }
}
