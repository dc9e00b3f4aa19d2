using FedMeta.Protocol;

namespace FedMeta.Client.Configuration;

/// <summary>What <c>client.toml</c> says.</summary>
/// <param name="Server">Where the coordinator is.</param>
/// <param name="Pin">The only key that is accepted there.</param>
/// <param name="ClientId">This hospital's id.</param>
/// <param name="Name">This hospital's name.</param>
/// <param name="Data">Path of the CSV file; relative to the file's own folder where it is not absolute.</param>
/// <param name="Proxy">HTTP proxy to tunnel through; empty takes HTTPS_PROXY of the environment, <c>none</c>
/// none.</param>
/// <param name="Engine">What trains: auto, managed or torchsharp.</param>
/// <param name="Device">Where: auto, cpu or cuda.</param>
internal sealed record ClientSettings(
    ServerAddress Server,
    KeyPin Pin,
    string ClientId,
    string Name,
    string Data,
    string Proxy,
    string Engine = "auto",
    string Device = "auto")
{
    private static readonly TextSetting ServerKey = new("", "server", "where the coordinator is", 262,
        accept: text => ServerAddress.TryParse(text, out _), form: "host:port");

    private static readonly TextSetting PinKey = new("", "pin", "pin of the coordinator's key, from the invite", 43,
        accept: text => KeyPin.TryParse(text, out _), form: "43 characters of base64url");

    private static readonly TextSetting ClientIdKey = new("", "client_id", "this hospital's id, from the invite", 48,
        accept: FedMeta.Protocol.ClientId.IsValid, form: "1 to 48 of a-z, 0-9 and the hyphen");

    private static readonly TextSetting NameKey = new("", "name", "this hospital's name, from the invite", 128);

    private static readonly TextSetting DataKey = new("", "data", "CSV file with this hospital's patients", 1024);

    private static readonly TextSetting ProxyKey = new("", "proxy",
        "HTTP proxy to tunnel through; empty takes HTTPS_PROXY of the environment", 512, "",
        text => text == "none" || ProxySettings.TryParse(text, out _), "\"http://host:port\", \"none\" or \"\"");

    private static readonly WordSetting EngineKey = new("training", "engine",
        "what trains; auto takes TorchSharp where it finds a GPU", ["auto", "managed", "torchsharp"], "auto");

    private static readonly WordSetting DeviceKey = new("training", "device",
        "where TorchSharp computes; auto takes a GPU where there is one", ["auto", "cpu", "cuda"], "auto");

    /// <summary>All keys.</summary>
    public static SettingSet Keys { get; } = new("client.toml: this hospital's agent", 12,
        [ServerKey, PinKey, ClientIdKey, NameKey, DataKey, ProxyKey, EngineKey, DeviceKey]);

    /// <summary>Reads the file.</summary>
    /// <exception cref="FedMetaException">The file is missing or wrong; every problem is named.</exception>
    public static ClientSettings Read(string path)
    {
        var reader = ConfigurationFile.Read(path, Keys);
        ConfigurationFile.ThrowIfAny(path, reader.Problems);
        _ = ServerAddress.TryParse(reader.Get(ServerKey), out var server);
        _ = KeyPin.TryParse(reader.Get(PinKey), out var pin);
        return new ClientSettings(
            server!,
            pin,
            reader.Get(ClientIdKey),
            reader.Get(NameKey),
            Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, reader.Get(DataKey)),
            reader.Get(ProxyKey),
            reader.Get(EngineKey),
            reader.Get(DeviceKey));
    }

    /// <summary>The text of the file.</summary>
    public string Compose() => ConfigurationFile.Compose(Keys, new Dictionary<SettingKey, string>
    {
        [ServerKey] = ServerKey.Write(Server.ToString()),
        [PinKey] = PinKey.Write(Pin.ToString()),
        [ClientIdKey] = ClientIdKey.Write(ClientId),
        [NameKey] = NameKey.Write(Name),
        [DataKey] = DataKey.Write(Data),
        [ProxyKey] = ProxyKey.Write(Proxy),
        [EngineKey] = EngineKey.Write(Engine),
        [DeviceKey] = DeviceKey.Write(Device),
    });
}
