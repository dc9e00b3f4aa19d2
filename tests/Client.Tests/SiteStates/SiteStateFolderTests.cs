using FedMeta.Client.SiteStates;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.SiteStates;

public sealed class SiteStateFolderTests : IDisposable
{
    private static readonly (uint, uint) None = default;
    private readonly TemporaryFolder _folder = new();
    private readonly List<Identity> _keys = [.. Enumerable.Range(0, 5).Select(_ => Identity.Create())];
    private readonly VerifiedStudy _study;
    private readonly SiteStateFolder _states;

    public SiteStateFolderTests()
    {
        _study = TestStudy.Verified(_keys, TestStudy.Scaffold);
        _states = new SiteStateFolder(Path.Combine(_folder.Path, "states"));
    }

    public void Dispose()
    {
        _keys.ForEach(key => key.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void A_hospital_begins_with_zero_and_nothing_to_say() => Holds(None, 0, lost: null);

    [Fact]
    public void A_vector_holds_when_its_attempt_counts_and_else_the_one_before()
    {
        Train(None, (1, 1), by: 1);
        Holds(None, 0, lost: null);     // aborted, rolled back, or without this hospital
        Holds((1, 1), 1, lost: null);
        Train((1, 1), (2, 1), by: 10);
        Holds((1, 1), 1, lost: null);
        Train((1, 1), (2, 2), by: 20);  // a second attempt begins where the first one did
        Holds((1, 1), 1, lost: null);
        Holds((2, 2), 21, lost: null);
    }

    [Fact]
    public void What_the_server_counted_and_nobody_kept_is_lost()
    {
        Holds((3, 1), 0, "its file is missing");
        Train(None, (1, 1), by: 1);
        Train((1, 1), (2, 1), by: 10);
        Holds((3, 1), 0, "it is not of round 3, attempt 1");
        Holds((2, 2), 0, "it is not of round 2, attempt 2");
        Holds(None, 0, "it is not of round 0, attempt 0");  // a server that was put back
        Assert.NotNull(Train((3, 1), (4, 1), by: 5));
        Holds((3, 1), 0, lost: null);   // said once
        Holds((4, 1), 5, lost: null);
    }

    [Fact]
    public void Every_flipped_bit_and_every_truncation_is_noticed()
    {
        Train(None, (1, 1), by: 1);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "states")));
        var bytes = File.ReadAllBytes(file);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal("it is damaged", SiteStateFile.TryRead(changed, _study, 3, out _));
        }

        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal("its length is another one", SiteStateFile.TryRead(bytes.AsSpan(0, length), _study, 3, out _));
        File.WriteAllBytes(file, bytes.AsSpan(1));
        Holds((1, 1), 0, "its length is another one");
        Holds(None, 0, lost: null);     // zero is right where nothing counted
    }

    [Fact]
    public void Another_study_s_file_is_not_taken()
    {
        Train(None, (1, 1), by: 1);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "states")));
        var other = TestStudy.Verified(_keys, TestStudy.Scaffold.Replace(
            "inner_steps = 3", "inner_steps = 4", StringComparison.Ordinal));
        File.Move(file, file.Replace(_study.Hash, other.Hash, StringComparison.Ordinal));
        using var own = _states.Enter(other, (1, 1));
        Assert.Equal("it belongs to another study or model", own!.Lost);
        Assert.Equal([0, 0, 0], own.Vector);
    }

    private void Holds((uint, uint) counted, double value, string? lost)
    {
        using var own = _states.Enter(_study, counted)!;
        Assert.Equal([value, value, value], own.Vector);
        if (lost is null) Assert.Null(own.Lost);
        else Assert.StartsWith(lost, own.Lost, StringComparison.Ordinal);
    }

    private string? Train((uint, uint) counted, (uint, uint) attempt, double by)
    {
        using var own = _states.Enter(_study, counted)!;
        own.Advance([-1, -1, -1, by, by, by]);
        _states.Keep(_study, own, attempt);
        return own.Lost;
    }
}
