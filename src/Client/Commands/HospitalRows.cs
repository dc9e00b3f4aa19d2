using FedMeta.Client.Data;
using FedMeta.Client.Homes;
using FedMeta.Client.Models;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary>A study's newest model and the hospital's rows, for the commands that keep everything here.</summary>
internal static class HospitalRows
{
    /// <summary>Fetches the model and reads the rows.</summary>
    /// <exception cref="FedMetaException">No model, or data that do not fit.</exception>
    public static async Task<(FetchedModel Fetched, SiteData Data)> WithModelAsync(
        CommandContext own, OpenedHome home, string study, CancellationToken stop)
    {
        using var connection = await own.ConnectAsync(home, stop);
        var fetched = await new ModelLibrary(home, connection).NewestAsync(study, stop);
        var data = new SiteFile(home.Settings.Data, home.Settings.ClientId).Read(fetched.Study, 1, out var problems);
        return data is not null
            ? (fetched, data)
            : throw new FedMetaException(ExitCode.Data,
                string.Join("; ", problems.Where(each => !each.IsWarning).Select(each => each.What)),
                problems.First(each => !each.IsWarning).Hint);
    }
}
