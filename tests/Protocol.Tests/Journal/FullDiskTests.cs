using FedMeta.Tests.Support;

namespace FedMeta.Protocol.Tests;

public class FullDiskTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_still_fitted_the_journal_is_intact_and_goes_on_when_there_is_room(bool canTruncate)
    {
        var line = Notes.Bytes(1).Length;
        for (var fits = 0; fits < line; fits++)
        {
            var storage = new LimitedStorage(line + fits) { CanTruncate = canTruncate };
            var seen = new List<string>();
            using var journal = Journal.Open(storage, new FixedTime(), record => seen.Add(record.Type));
            journal.Append(Notes.Note(1));
            var error = Assert.Throws<FedMetaException>(() => journal.Append(Notes.Note(2)));
            Assert.Equal(ExitCode.DiskFull, error.Code);
            Assert.Equal(1, journal.Head.Sequence);

            storage.Room = long.MaxValue;
            storage.CanTruncate = true;
            journal.Append(Notes.Note(3));
            Assert.Equal(canTruncate || fits == 0 ? 2 : 3, seen.Count);
            using var again = Journal.Open(new MemoryStorage(storage.ToArray()), new FixedTime());
            Assert.Equal(journal.Head, again.Head);
        }
    }

    [UnixFact]
    public void A_device_without_room_is_a_full_disk()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["journal"]);
        File.CreateSymbolicLink(Path.Combine(folder["journal"], "journal.jsonl"), "/dev/full");
        using var journal = Journal.Open(new EmptyStorage(folder["journal"]), new FixedTime());
        var error = Assert.Throws<FedMetaException>(() => journal.Append(Notes.Note(1)));
        Assert.Equal(ExitCode.DiskFull, error.Code);
        Assert.Equal(0, journal.Head.Sequence);
    }

    [SmallDiskFact]
    public void A_real_disk_that_fills_up_loses_nothing()
    {
        using var disk = new SmallDisk(64 << 10);
        var seen = 0;
        using (var journal = Journal.Open(Path.Combine(disk.Root, "journal"), new FixedTime(), _ => seen++))
        {
            var error = Assert.Throws<FedMetaException>(() =>
            {
                for (var i = 0; i < 10_000; i++) journal.Append(Notes.Note(i));
            });
            Assert.Equal(ExitCode.DiskFull, error.Code);
            Assert.InRange(seen, 50, 1000);
            disk.Grow(1 << 20);
            journal.Append(Notes.Note(-1));
        }

        var check = JournalFile.Verify(Path.Combine(disk.Root, "journal", "journal.jsonl"));
        Assert.True(check.IsIntact);
        Assert.Equal(seen, check.Head.Sequence);
    }

    [SmallDiskFact]
    public void A_read_only_disk_is_named_and_resumes_when_it_is_writable_again()
    {
        using var disk = new SmallDisk(1 << 20);
        using (var journal = Journal.Open(Path.Combine(disk.Root, "journal"), new FixedTime()))
            journal.Append(Notes.Note(1));
        disk.Remount("ro");
        var error = Assert.Throws<FedMetaException>(
            () => Journal.Open(Path.Combine(disk.Root, "journal"), new FixedTime()));
        Assert.Equal(ExitCode.Permission, error.Code);
        Assert.Contains("read-only", error.What, StringComparison.Ordinal);
        disk.Remount("rw");
        using var again = Journal.Open(Path.Combine(disk.Root, "journal"), new FixedTime());
        Assert.Equal(1, again.Head.Sequence);
    }

    // A device has no length of its own, which Open would ask for.
    private sealed class EmptyStorage(string folder) : JournalStorage
    {
        private readonly FolderStorage _device = new(folder);

        public override string Name => _device.Name;

        public override long Length => 0;

        public override IDisposable Exclude() => _device.Exclude();

        public override Stream Read(long offset) => new MemoryStream();

        public override void Append(ReadOnlySpan<byte> bytes) => _device.Append(bytes);

        public override void Truncate(long length) => _device.Truncate(length);

        protected override void Dispose(bool disposing) => _device.Dispose();
    }
}
