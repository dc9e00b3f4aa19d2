using FedMeta.Protocol;

namespace FedMeta.Simulation.Demo;

/// <summary>Where everything of a demo lies.</summary>
internal sealed class DemoFolder
{
    private const string Mark = ".fedmeta-demo";

    private DemoFolder(string root) => Root = root;

    public string Root { get; }

    public string Coordinator => Path.Combine(Root, "coordinator");

    public string Data => Path.Combine(Root, "data");

    public string Logs => Path.Combine(Root, "logs");

    public string Hospital(string name) => Path.Combine(Root, "hospitals", name);

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>
    /// Makes the folder. One that an earlier demo left is emptied; any other that holds something is not touched.
    /// </summary>
    /// <exception cref="FedMetaException">The folder holds something that no demo left.</exception>
    public static DemoFolder Create(string root)
    {
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            if (!System.IO.File.Exists(Path.Combine(root, Mark)))
                throw new FedMetaException(ExitCode.Usage, $"{root} is not empty", "choose an empty folder with --out");
            Directory.Delete(root, recursive: true);
        }

        Directory.CreateDirectory(root);
        System.IO.File.WriteAllText(Path.Combine(root, Mark), "Made by fedmeta-sim demo; the next demo here replaces "
            + "it.\n");
        return new DemoFolder(root);
    }
}
