using System.Runtime.Versioning;
using FedMeta.Tests.Support;

namespace FedMeta.Protocol.Tests;

public class StorageTests
{
    [Fact]
    public void A_home_folder_has_one_user_at_a_time()
    {
        using var folder = new TemporaryFolder();
        using (FolderLock.Take(folder["lock"], "fedmeta serve"))
        {
            var error = Assert.Throws<FedMetaException>(() => FolderLock.Take(folder["lock"], "fedmeta serve"));
            Assert.Equal(ExitCode.AlreadyInitialised, error.Code);
            Assert.Contains(folder.Root, error.What, StringComparison.Ordinal);
            Assert.Contains("fedmeta serve may run once", error.Hint, StringComparison.Ordinal);
            var patient = Assert.Throws<FedMetaException>(() => FolderLock.Wait(folder["lock"], TimeSpan.Zero));
            Assert.Equal(ExitCode.AlreadyInitialised, patient.Code);
        }

        FolderLock.Take(folder["lock"], "fedmeta serve").Dispose();
        Assert.Equal(
            ExitCode.NotFound,
            Assert.Throws<FedMetaException>(() => FolderLock.Take(Path.Combine(folder["none"], "lock"), "x")).Code);
    }

    [Fact]
    public async Task A_short_operation_waits_for_the_one_before_it()
    {
        using var folder = new TemporaryFolder();
        var first = FolderLock.Take(folder["lock"], "x");
        var second = Task.Run(() => FolderLock.Wait(folder["lock"], TimeSpan.FromMinutes(1)));
        first.Dispose();
        (await second).Dispose();
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_is_replaced_whole_with_the_rights_that_it_needs()
    {
        using var folder = new TemporaryFolder();
        DurableFile.Write(folder["file"], "one"u8, secret: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["file"]));
        DurableFile.Write(folder["file"], "two"u8);
        Assert.Equal("two", File.ReadAllText(folder["file"]));
        Assert.NotEqual(UnixFileMode.None, File.GetUnixFileMode(folder["file"]) & UnixFileMode.OtherRead);
        Assert.Equal(["file"], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
    }

    [SmallDiskFact]
    public void A_file_that_does_not_fit_leaves_the_old_one_unharmed()
    {
        using var disk = new SmallDisk(16 << 10);
        var path = Path.Combine(disk.Root, "file");
        DurableFile.Write(path, "old"u8);
        var error = Assert.Throws<FedMetaException>(() => DurableFile.Write(path, new byte[64 << 10]));
        Assert.Equal(ExitCode.DiskFull, error.Code);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["file"], Directory.GetFiles(disk.Root).Select(Path.GetFileName));
    }
}
