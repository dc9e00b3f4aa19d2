using FedMeta.Client.Configuration;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Protocol;

namespace FedMeta.Client.Homes;

/// <summary>A home that <c>join</c> has made, with its files read and its journal open.</summary>
internal sealed class OpenedHome : IDisposable
{
    private OpenedHome(ClientHome home, ClientSettings settings, Identity identity, HospitalJournal journal) =>
        (Home, Settings, Identity, Journal) = (home, settings, identity, journal);

    /// <summary>Where everything stands.</summary>
    public ClientHome Home { get; }

    /// <summary>What client.toml says.</summary>
    public ClientSettings Settings { get; }

    /// <summary>The hospital's key.</summary>
    public Identity Identity { get; }

    /// <summary>The hospital's journal.</summary>
    public HospitalJournal Journal { get; }

    /// <summary>The hospital's law, as it stands in the file now.</summary>
    public HospitalPolicy Policy => PolicyFile.Read(Home.PolicyFile);

    /// <summary>Opens a home.</summary>
    /// <exception cref="FedMetaException">Not joined yet (33), a file is wrong (10), loose rights (32), damage
    /// (40).</exception>
    public static OpenedHome Open(ClientHome home, TimeProvider time)
    {
        if (!home.IsInitialised)
        {
            throw new FedMetaException(
                ExitCode.NotInitialised,
                $"this hospital has not joined yet: there is no {home.ConfigurationFile}",
                "run 'fedmeta-client join INVITE --data FILE', or name the right folder with --home");
        }

        var settings = ClientSettings.Read(home.ConfigurationFile);
        var identity = Identity.Load(home.KeyFile);
        try
        {
            return new OpenedHome(
                home, settings, identity, HospitalJournal.Open(home.JournalFolder, settings.ClientId, time));
        }
        catch
        {
            identity.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Journal.Dispose();
        Identity.Dispose();
    }
}
